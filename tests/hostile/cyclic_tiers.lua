-- refused: ":"
horizon { periods = 4, step = "year" }
local t = {}
t[1], t[2], t.x, t.periods = t, t, t, t
pricing.tiers(t)
