-- fine
assert(load("local x = 0 " .. ("x = x + 1 "):rep(1e5)))()
