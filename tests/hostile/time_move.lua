-- ends: time
local t = {}
while true do table.move(t, 1, 1e6, 2) end
