-- refused: "this table is protected"
setmetatable(setmetatable({}, { __metatable = 1 }), {})
