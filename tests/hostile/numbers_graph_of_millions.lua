-- fine
local x = assume("x", "1 to 2")
local y = x
for i = 1, 200000 do y = y * 0.5 + x end
output("y", y)
