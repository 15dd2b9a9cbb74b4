-- refused: "attempt to index a boolean value"
getmetatable("").__index = 1
