-- ends: memory
settings { samples = 4000000000 }
horizon { periods = 4000, step = "month" }
while true do pcall(summary, noise "x") end
