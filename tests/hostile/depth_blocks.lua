-- ends: error, "C stack overflow"
assert(load(("do "):rep(1e5)))
