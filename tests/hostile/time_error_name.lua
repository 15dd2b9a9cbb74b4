-- ends: error, "the script raised"
error(setmetatable({}, { __name = ("x"):rep(1e6) }))
