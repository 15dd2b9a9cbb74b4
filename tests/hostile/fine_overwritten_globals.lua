-- fine
print, pcall, error, type, string, q = nil
local t = {}
t.x = 1
