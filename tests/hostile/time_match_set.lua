-- ends: time
string.find(("a"):rep(1e5), ("[^b]-"):rep(6) .. "b")
