-- refused: "attempt to index a nil value"
local _ENV = {}
string.len = 1
