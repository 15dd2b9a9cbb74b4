-- ends: error, "C stack overflow"
assert(load("return " .. ("not "):rep(1e6) .. "1"))
