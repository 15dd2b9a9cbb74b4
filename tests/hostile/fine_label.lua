-- fine
output("x", q "1", { label = ("\27[1m\n"):rep(100) })
