-- ends: memory
settings { samples = 4000000000 }
horizon { periods = 4000, step = "month" }
output("x", noise "x")
