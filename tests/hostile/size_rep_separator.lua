-- ends: error, "the result is too large"
("x"):rep(1 << 40, "yy")
