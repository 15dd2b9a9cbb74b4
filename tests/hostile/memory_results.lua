-- ends: memory
horizon { periods = 100000, step = "month" }
settings { samples = 1 }
local x = noise "x"
for i = 1, 50 do output("x" .. i, x) end
