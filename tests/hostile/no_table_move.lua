-- refused: "this table is part of Moat"
table.move({ 1 }, 1, 1, 1, string)
