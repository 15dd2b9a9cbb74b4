-- refused: "this table is part of Moat"
table.insert(math, 1)
