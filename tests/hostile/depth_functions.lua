-- ends: error, "C stack overflow"
assert(load(("return function() "):rep(1e5)))
