-- ends: memory
local t = {}
for i = 1, math.huge do t[i] = coroutine.wrap(function() coroutine.yield() end) t[i]() end
