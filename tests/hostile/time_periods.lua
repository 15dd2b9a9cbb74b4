-- ends: time
horizon { periods = 100000, step = "month" }
while true do for t in periods() do end end
