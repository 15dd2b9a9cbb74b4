-- ends: memory
horizon { periods = 100000, step = "month" }
local x = noise "x"
while true do pcall(function() x = x * 0.5 + 1 end) end
