-- refused: "samples"
settings { samples = 2 ^ 40 }
