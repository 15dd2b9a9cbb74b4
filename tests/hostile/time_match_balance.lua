-- ends: time
string.find(("("):rep(3e5), "%b()")
