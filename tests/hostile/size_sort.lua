-- ends: error, "the result is too large"
table.sort(setmetatable({}, { __len = function() return 2 ^ 40 end }))
