-- ends: time
local x = assume("x", "1 to 2")
local y = x
while true do y = y * 0.5 + x end
