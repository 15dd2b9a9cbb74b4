-- ends: time
local s, t = ("x"):rep(1 << 22), {}
for i = 1, math.huge do t[s .. i % 4] = i end
