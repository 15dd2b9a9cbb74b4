-- ends: error, "the source is longer than 8388608 bytes"
load(function() return (" "):rep(1e5) end)
