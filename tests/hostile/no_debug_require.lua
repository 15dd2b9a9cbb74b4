-- refused: "there is no module"
require "debug"
