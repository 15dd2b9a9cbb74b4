-- refused: "which is set once and for all"
setmetatable(setmetatable({}, { __mode = "kv" }), nil)
