-- fine
local t = {}
t[1] = t
print(t)
t.x = { t }
print(t.x)
