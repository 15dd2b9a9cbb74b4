-- ends: time
string.match(("a"):rep(1e5), (".*"):rep(8) .. "b")
