-- ends: error, "C stack overflow"
function f() return load(f) end
f()
