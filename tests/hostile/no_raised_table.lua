-- refused: "raise a text"
error {}
