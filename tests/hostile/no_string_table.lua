-- refused: "cannot be set"
string.len = nil
