-- ends: error, """
q("1 " .. ("$*"):rep(1e5) .. "$")
