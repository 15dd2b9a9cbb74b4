-- ends: error, "the result is too large"
table.move({ 1 }, math.mininteger, math.maxinteger, 1)
