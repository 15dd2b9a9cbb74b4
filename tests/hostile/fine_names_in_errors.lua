-- refused: "\x1b[1m"
q "1 \27[1m"
