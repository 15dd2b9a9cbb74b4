-- ends: error, "the result is too large"
local s = ("x"):rep(1 << 26)
string.pack("ssss", s, s, s, s)
