-- ends: error, "the result is too large"
("x"):rep(1e7):gsub(".", ("%0"):rep(8))
