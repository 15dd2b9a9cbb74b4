-- refused: "period"
horizon { periods = 4, step = "year" }
local x = series "1"
x[2 ^ 53] = 1
