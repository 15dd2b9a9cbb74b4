-- refused: "there is no module"
require "io"
