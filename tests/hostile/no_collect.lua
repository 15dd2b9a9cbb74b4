-- refused: "only collectgarbage"
collectgarbage "stop"
