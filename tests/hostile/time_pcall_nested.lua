-- ends: time
local function f() pcall(f) while true do end end
while true do f() end
