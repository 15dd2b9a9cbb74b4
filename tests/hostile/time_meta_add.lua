-- ends: time
local m = { __add = function() while true do end end }
local a = setmetatable({}, m)
local _ = a + a
