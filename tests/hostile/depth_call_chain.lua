-- ends: error, "stack overflow"
local t = setmetatable({}, {})
getmetatable(t).__call = function() return t() + 1 end
t()
