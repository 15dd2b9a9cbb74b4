-- ends: time
local t = setmetatable({}, { __mode = "k" })
local last
while true do local k = {} t[k] = last last = k end
