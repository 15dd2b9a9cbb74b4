-- ends: time
local m = { __le = function() while true do end end }
local a = setmetatable({}, m)
local _ = a <= a
