-- ends: time
while true do ("x"):rep(1 << 24) end
