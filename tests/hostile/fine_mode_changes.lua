-- fine
local m = { __mode = "k" }
local t = setmetatable({}, m)
for i = 1, 200000 do
  m.__mode = ({ "k", "v", "kv", "" })[i % 4 + 1]
  t[i % 50] = { t } t[{}] = {}
end
