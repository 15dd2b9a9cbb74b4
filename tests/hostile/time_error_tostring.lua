-- ends: error, "the script raised a table as an error"
error(setmetatable({}, { __tostring = function() while true do end end }))
