-- ends: time
while true do pcall(("a").find, ("a"):rep(1e4), (".-"):rep(8) .. "b") end
