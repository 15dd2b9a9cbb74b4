-- refused: "is not a module's name"
require(("x"):rep(1e6))
