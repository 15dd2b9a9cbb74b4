-- refused: "a unit has at most 2000 bytes"
q("1 " .. ("x"):rep(1 << 20))
