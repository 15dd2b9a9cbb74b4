-- ends: time
string.find((" a"):rep(1e5), (".-%f[%w]"):rep(5) .. "b")
