-- ends: time
local m = { __band = function() while true do end end }
local a = setmetatable({}, m)
local _ = a & 1
