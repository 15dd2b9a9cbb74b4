-- fine
table.sort(string)
