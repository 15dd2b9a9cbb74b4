-- refused: "there is no module"
require "os"
