-- ends: time
for i = 1, math.huge do pcall(q, "1 $^" .. i % 100 / 100) end
