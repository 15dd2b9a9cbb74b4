-- fine
output("\xff\xfe\x80", q "1 to 2 $", { label = "\xc3\x28" })
