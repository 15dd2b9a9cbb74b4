-- refused: "is not a module's name"
require "../../x"
