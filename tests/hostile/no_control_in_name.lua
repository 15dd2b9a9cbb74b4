-- refused: "the name contains a control character"
assume("a\27[1mb", "1 to 2")
