-- ends: error, """
q("1 to 2 " .. ("("):rep(1e5) .. "$" .. (")"):rep(1e5))
