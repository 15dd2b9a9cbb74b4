-- ends: error, "pattern too complex"
("x"):rep(300):find(("x?"):rep(300))
