-- refused: "finalizers (__gc) are not available"
local m = {}
setmetatable({}, m)
m.__gc = print
setmetatable({}, m)
