-- ends: memory
local t = {}
while true do pcall(function() while true do t = { t } end end) end
