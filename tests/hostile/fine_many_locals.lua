-- refused: "too many local variables"
local parts = {}
for i = 1, 300 do parts[i] = "local x" .. i end
assert(load(table.concat(parts, " ")))
