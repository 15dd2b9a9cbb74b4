-- ends: error, "value out of range"
string.char(2 ^ 40)
