-- refused: "raise a text"
error(q "1 $")
