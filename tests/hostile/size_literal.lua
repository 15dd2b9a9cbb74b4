-- ends: error, "is not a quantity"
q(("1"):rep(1e6) .. "x y z")
