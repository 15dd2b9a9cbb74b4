-- refused: "raise a text"
error(coroutine.create(print))
