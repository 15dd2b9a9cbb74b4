-- ends: error, "the result is too large"
local s = ("x"):rep(1 << 26)
local t = ("%s%s"):format(s, s)
