-- fine
local parts = {}
for i = 1, 300 do parts[i] = "local x" .. i % 100 .. " = " .. i .. ".5" end
local text = {}
for i = 1, 300 do text[i] = i .. ".25" end
assert(load("return {" .. table.concat(text, ",") .. "}"))()
