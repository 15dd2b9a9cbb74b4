-- ends: error, "overflow"
assert(load("return " .. ("x .. "):rep(1e5) .. "x"))
