-- ends: time
string.find(("a"):rep(1e5), (".-"):rep(8) .. "b")
