-- ends: memory
local t = {}
for i = 1, 3e4 do t[i] = i end
for i = 1, math.huge do t[1] = -i local _ = dist.empirical(t) + 1 end
