-- fine
assert(#"a\0b" == 3 and ("a\0b"):find("\0", 1, true) == 2 and ("a\0b"):upper() == "A\0B")
