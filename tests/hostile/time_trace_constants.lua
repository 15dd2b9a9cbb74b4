-- ends: time
local y = q "1 $"
while true do y = y * 1.0000001 end
