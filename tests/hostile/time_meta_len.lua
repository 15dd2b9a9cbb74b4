-- ends: time
local m = { __len = function() while true do end end }
local a = setmetatable({}, m)
local _ = #a
