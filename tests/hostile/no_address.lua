-- refused: "%p is not available"
("%p"):format({})
