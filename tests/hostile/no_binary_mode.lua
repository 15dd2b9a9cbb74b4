-- refused: "only texts can be loaded"
assert(load("return 1", "", "b"))
