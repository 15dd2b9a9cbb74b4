-- ends: error, "the source is longer than 8388608 bytes"
load(("x"):rep(9e6))
