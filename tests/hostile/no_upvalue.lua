-- refused: "scripts have no debug"
debug.setupvalue(print, 1, 2)
