-- ends: time
local m = { __call = function() while true do end end }
local a = setmetatable({}, m)
local _ = a()
