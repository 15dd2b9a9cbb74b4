-- ends: memory
for i = 1, math.huge do assume("x" .. i, { "1 to 2", note = ("x"):rep(1e6) }) end
