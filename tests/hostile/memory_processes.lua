-- ends: memory
horizon { periods = 100000, step = "month" }
for i = 1, math.huge do local _ = noise("x" .. i) end
