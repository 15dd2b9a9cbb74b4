-- ends: error, "the result is too large"
table.remove(setmetatable({}, { __len = function() return 2 ^ 40 end }), 1)
