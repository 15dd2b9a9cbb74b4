-- ends: error, "the result is too large"
local t = {}
for i = 1, 100 do t[i] = "" end
table.concat(t, ("x"):rep(1 << 20))
