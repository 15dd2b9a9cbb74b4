-- ends: error, "'__index' chain too long"
local t = {}
t.__index = t
local _ = setmetatable(t, t).x
