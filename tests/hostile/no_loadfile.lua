-- refused: "scripts have no loadfile"
loadfile "/etc/passwd"
