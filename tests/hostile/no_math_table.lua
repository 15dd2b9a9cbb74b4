-- refused: "cannot be set"
math.pi = 3
