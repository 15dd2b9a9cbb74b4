-- ends: error, "the result is too large"
local s = ("x"):rep(1e6)
s:gsub(".", function() return s end)
