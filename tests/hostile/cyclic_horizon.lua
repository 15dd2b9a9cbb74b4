-- refused: ":"
local t = {}
t[1], t.x, t.periods = t, t, t
horizon(t)
