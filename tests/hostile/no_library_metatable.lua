-- refused: "attempt to index a boolean value"
getmetatable(string).__index = 1
