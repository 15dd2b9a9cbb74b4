-- refused: "scripts have no dofile"
dofile "/etc/passwd"
