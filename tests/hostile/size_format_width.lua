-- ends: error, "invalid conversion"
("%999d"):format(1)
