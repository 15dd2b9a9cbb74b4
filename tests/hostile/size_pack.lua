-- ends: error, "the result is too large"
string.pack("c1000000000", "x")
