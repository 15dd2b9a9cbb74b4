-- ends: time
local text = ("x = 1 "):rep(1e6)
while true do load(text) end
