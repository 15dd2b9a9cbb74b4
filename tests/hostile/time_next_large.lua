-- ends: time
local t = {}
for i = 1, 1e5 do t["k" .. i] = i end
while true do next(t) end
