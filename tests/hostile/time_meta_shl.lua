-- ends: time
local m = { __shl = function() while true do end end }
local a = setmetatable({}, m)
local _ = a << 1
