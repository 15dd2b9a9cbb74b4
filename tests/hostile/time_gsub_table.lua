-- ends: time
string.gsub("a", "a", setmetatable({}, { __index = function() while true do end end }))
