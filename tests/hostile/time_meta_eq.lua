-- ends: time
local m = { __eq = function() while true do end end }
local a = setmetatable({}, m)
local _ = a == setmetatable({}, m)
