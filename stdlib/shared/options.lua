-- Options that may be given under several names.
local options = {}

-- What is given under one of the names, which then is the only one; nil where nothing is.
function options.either(o, ...)
  local first
  for _, name in ipairs { ... } do
    if o[name] ~= nil then
      if first then fail("give %s or %s, which is the same, not both", first, name) end
      first = name
    end
  end
  return first and o[first]
end

return options
