-- ends: error, "index out of range"
select(math.mininteger)
