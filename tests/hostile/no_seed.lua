-- refused: "draws are those of the scenario's seed"
math.randomseed(5)
