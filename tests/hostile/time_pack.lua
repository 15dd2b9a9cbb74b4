-- ends: time
while true do string.pack("c16777216", "") end
