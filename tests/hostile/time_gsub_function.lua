-- ends: time
string.gsub("a", "a", function() while true do end end)
