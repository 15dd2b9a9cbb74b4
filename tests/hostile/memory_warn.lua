-- ends: limit, "has printed more than 64 MiB"
local s = ("x"):rep(1 << 24)
while true do pcall(warn, s) end
