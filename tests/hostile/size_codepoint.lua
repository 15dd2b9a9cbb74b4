-- ends: error, "string slice too long"
utf8.codepoint(("x"):rep(1 << 25), 1, -1)
