-- ends: error, "too many captures"
("x"):find(("()"):rep(33))
