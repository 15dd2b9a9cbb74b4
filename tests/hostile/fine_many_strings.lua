-- fine
local t = {}
for i = 1, 1e5 do t[i] = "x" .. i end
