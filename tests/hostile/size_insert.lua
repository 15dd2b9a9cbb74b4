-- ends: error, "the result is too large"
table.insert(setmetatable({}, { __len = function() return 2 ^ 40 end }), 1, 1)
