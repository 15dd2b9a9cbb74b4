-- ends: time
local function guard()
  return setmetatable({}, { __close = function() while true do end end })
end
local a <close> = guard()
local b <close> = guard()
local c <close> = guard()
while true do end
