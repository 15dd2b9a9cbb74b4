-- refused: "only collectgarbage"
collectgarbage("setpause", 1e9)
