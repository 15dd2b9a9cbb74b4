-- ends: time
local t = {}
for i = 1, 1e5 do t[i] = "x" end
while true do table.concat(t) end
