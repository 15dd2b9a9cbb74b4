-- ends: error, "the result is too large"
("x"):rep(1e10)
