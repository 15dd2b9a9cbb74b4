-- ends: time
settings { samples = 100000000 }
local x = assume("x", "1 to 2")
local y = x
for i = 1, 100 do y = exp(-y) + x ^ 0.5 end
while true do pcall(summary, y) end
