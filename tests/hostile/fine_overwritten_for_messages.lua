-- refused: "attempt to call a nil value"
tostring, print, string, table = nil
undefined_function()
