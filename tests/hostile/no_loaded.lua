-- refused: "there is no module"
require "_G"
