-- Tables of a script and of descriptions.
local tables = {}

-- A copy, with some of it changed.
function tables.with(original, changes)
  local copy = {}
  for key, value in pairs(original) do copy[key] = value end
  for key, value in pairs(changes) do copy[key] = value end
  return copy
end

function tables.append(list, more)
  for _, entry in ipairs(more) do list[#list + 1] = entry end
  return list
end

-- The keys of a table as texts, in their order.
function tables.keys(of)
  local keys = {}
  for key in pairs(of) do keys[#keys + 1] = tostring(key) end
  table.sort(keys)
  return keys
end

-- The names of a list of tables that have one.
function tables.names(list)
  local names = {}
  for i, each in ipairs(list) do names[i] = each.name end
  return names
end

-- The error of a name that is none of a list: tables.unknown("line", "ebitd", { "ebitda", ... }).
function tables.unknown(what, name, names)
  fail("there is no %s \"%s\": there are %s", what, tostring(name), table.concat(names, ", "))
end

return tables
