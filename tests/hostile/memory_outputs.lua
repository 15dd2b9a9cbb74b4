-- ends: memory
horizon { periods = 100000, step = "month" }
local x = noise "x"
for i = 1, math.huge do output("x" .. i, x) end
