-- refused: "this table is protected"
rawset(string, "len", 1)
