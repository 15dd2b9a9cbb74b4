-- ends: time
local s = ("x"):rep(1 << 24)
local a, b = s .. "1", s .. "2"
while true do local _ = a < b end
