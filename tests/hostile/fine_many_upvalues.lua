-- refused: "too many upvalues"
local parts = {}
for i = 1, 150 do parts[i] = "local a" .. i .. " = 1" end
parts[#parts + 1] = "local function f()"
for i = 1, 150 do parts[#parts + 1] = "local b" .. i .. " = 1" end
parts[#parts + 1] = "return function() return 0"
for i = 1, 150 do parts[#parts + 1] = "+ a" .. i .. " + b" .. i end
parts[#parts + 1] = "end end"
assert(load(table.concat(parts, " ")))
