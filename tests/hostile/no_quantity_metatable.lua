-- refused: "attempt to index a boolean value"
getmetatable(q "1 $").__index = 1
