-- ends: error, "'__newindex' chain too long"
local t = {}
t.__newindex = t
setmetatable(t, t).x = 1
