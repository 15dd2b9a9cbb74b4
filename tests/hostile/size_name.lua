-- ends: error, "the name is longer than 200 bytes"
assume(("x"):rep(1000), "1 to 2")
