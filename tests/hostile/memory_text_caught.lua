-- ends: memory
local s = ("x"):rep(1e6)
while true do pcall(function() s = s .. s end) end
