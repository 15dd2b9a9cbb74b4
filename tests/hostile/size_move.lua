-- ends: error, "the result is too large"
table.move({}, 1, 2 ^ 40, 2)
