-- ends: time
horizon { periods = 500, step = "month" }
settings { samples = 1000000 }
summary(noise "x" * 2)
