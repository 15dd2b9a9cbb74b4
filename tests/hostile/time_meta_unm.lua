-- ends: time
local m = { __unm = function() while true do end end }
local a = setmetatable({}, m)
local _ = -a
