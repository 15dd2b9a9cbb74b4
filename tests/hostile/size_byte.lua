-- ends: error, "string slice too long"
("x"):rep(1 << 25):byte(1, -1)
