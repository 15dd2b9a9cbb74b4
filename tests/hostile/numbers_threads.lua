-- refused: ""
settings { threads = 1e9 }
