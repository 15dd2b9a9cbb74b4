-- ends: time
horizon { periods = 100000, step = "month" }
local x = noise "x"
while true do x = x:cumsum() end
