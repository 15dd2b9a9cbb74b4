-- ends: error, "C stack overflow"
assert(load("return " .. ("{"):rep(1e5)))
