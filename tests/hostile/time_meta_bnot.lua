-- ends: time
local m = { __bnot = function() while true do end end }
local a = setmetatable({}, m)
local _ = ~a
