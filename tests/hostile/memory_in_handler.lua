-- ends: memory
xpcall(error, function() local t = {} while true do t = { t } end end)
