-- refused: "finalizers (__gc) are not available"
setmetatable({}, { __gc = print })
