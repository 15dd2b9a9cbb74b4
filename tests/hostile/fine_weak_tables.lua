-- fine
local t = setmetatable({}, { __mode = "kv" })
for i = 1, 200000 do t[i % 100] = {} t[{}] = i end
