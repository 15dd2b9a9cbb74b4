-- ends: time
local x = q "1 to 2 $"
for i = 1, math.huge do local _ = x:as(i % 2 == 0 and "$" or "$bn") end
