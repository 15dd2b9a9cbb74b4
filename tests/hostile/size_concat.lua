-- ends: error, "the result is too large"
table.concat({}, "", 1, 2 ^ 53)
