-- ends: time
for _ in string.gmatch(("a"):rep(1e5), (".-"):rep(6) .. "b") do end
