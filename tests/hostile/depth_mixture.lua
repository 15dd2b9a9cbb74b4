-- ends: error, "made of others up to 16 deep"
local d = dist.normal(0, 1)
for i = 1, 1000 do d = dist.mixture { { d, 1 }, { dist.normal(i, 1), 1 } } end
output("d", d)
error "done"
