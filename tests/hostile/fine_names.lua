-- fine
assume("../../x", "1 to 2")
output("../../y", q "1")
assume("â¬ ð°", "1 to 2")
