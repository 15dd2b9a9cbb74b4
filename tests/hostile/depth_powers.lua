-- ends: error, "overflow"
assert(load("return " .. ("2 ^ "):rep(1e5) .. "2"))
