-- A quantity where an option may also be a table or a function, so that no description checks it.
return function(x, name)
  if is_quantity(x) or type(x) == "string" or type(x) == "number" then return q(x) end
  fail("%s must be a quantity such as \"5 $bn/yr\", not %s", name,
       type(x) == "boolean" and tostring(x) or "a " .. type(x))
end
