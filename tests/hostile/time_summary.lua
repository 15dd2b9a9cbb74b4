-- ends: time
horizon { periods = 2000, step = "month" }
settings { samples = 1000000 }
summary(noise "x" * 2)
