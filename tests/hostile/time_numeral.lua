-- ends: time
local s = (" "):rep(1 << 24) .. "1"
while true do tonumber(s) end
