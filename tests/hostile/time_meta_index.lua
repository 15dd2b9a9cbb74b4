-- ends: time
local m = { __index = function() while true do end end }
local a = setmetatable({}, m)
local _ = a.x
