-- ends: time
local closing = setmetatable({}, { __close = function() while true do end end })
for i in next, { 1 }, nil, closing do break end
