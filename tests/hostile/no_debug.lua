-- refused: "scripts have no debug"
debug.sethook()
