-- refused: "scripts have no os"
os.exit(0, true)
