-- ends: memory
local t = {}
for i = 1, math.huge do t[i] = coroutine.create(print) end
