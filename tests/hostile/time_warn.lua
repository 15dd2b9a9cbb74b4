-- ends: time
while true do warn(("x"):rep(10)) end
