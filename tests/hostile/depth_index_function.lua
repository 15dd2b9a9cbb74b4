-- ends: error, "stack overflow"
local t = setmetatable({}, {})
getmetatable(t).__index = function(_, k) return t[k] end
local _ = t.x
