-- refused: "contains a byte of value 0"
require "a\0b"
