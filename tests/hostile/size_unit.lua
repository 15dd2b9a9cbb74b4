-- ends: error, "a unit has at most 2000 bytes"
q("1 " .. ("$"):rep(1e6))
