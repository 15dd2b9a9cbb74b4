-- ends: time
string.gsub(("a"):rep(1e5), (".-"):rep(6) .. "b", "")
