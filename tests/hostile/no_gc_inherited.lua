-- fine
local m = setmetatable({}, { __index = function() error "asked" end })
setmetatable({}, m)
