-- refused: "raise a text"
error(print)
