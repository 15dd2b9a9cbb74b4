-- ends: time
for i = 1, math.huge do q(i .. " to " .. i + 1 .. " $") end
