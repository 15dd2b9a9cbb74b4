-- refused: "field 'dump'"
string.dump(print)
