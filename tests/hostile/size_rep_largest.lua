-- ends: error, "the result is too large"
("xx"):rep(math.maxinteger)
