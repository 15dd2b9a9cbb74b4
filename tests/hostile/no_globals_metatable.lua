-- refused: "attempt to index a boolean value"
getmetatable(_G).__index = 1
