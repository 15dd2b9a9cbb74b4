-- ends: error, "out of limits"
string.pack("i99", 1)
