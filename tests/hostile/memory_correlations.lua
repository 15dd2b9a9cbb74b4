-- ends: memory
local pairs_of = {}
local first = assume("x0", "1 to 2")
for i = 1, 6000 do pairs_of[i] = { first, assume("x" .. i, "1 to 2"), 0.001 } end
correlate(pairs_of)
