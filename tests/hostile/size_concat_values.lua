-- ends: error, "the result is too large"
local s, t = ("x"):rep(1 << 22), {}
for i = 1, 100 do t[i] = s end
table.concat(t)
