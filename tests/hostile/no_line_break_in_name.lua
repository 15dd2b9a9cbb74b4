-- refused: "control character"
output("x\ny", q "1 to 2 $")
