-- ends: time
for i = 1, math.huge do local _ = dist.metalog { { 0.1, 1 }, { 0.5, 2 + i * 1e-9 }, { 0.9, 4 } } + 1 end
