-- ends: time
local m = { __newindex = function() while true do end end }
local a = setmetatable({}, m)
local _ = (function() a.x = 1 end)()
