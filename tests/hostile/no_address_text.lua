-- fine
assert(tostring({}) == "table" and tostring(print) == "function")
