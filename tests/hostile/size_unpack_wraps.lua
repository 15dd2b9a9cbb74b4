-- ends: error, "the result is too large"
table.unpack({}, math.mininteger, math.maxinteger)
