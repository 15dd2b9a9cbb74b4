-- ends: memory
coroutine.wrap(function() local t = {} while true do t = { t } end end)()
