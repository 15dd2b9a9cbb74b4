-- The money that prices are written in, for what is made of them to be shown in.

local money = {}

-- "$bn" of "38 $bn/GW"; nil where it is plain "$", which is shown in a readable multiple.
function money.of(price)
  local text = price and unit_of(price):match "^[^/ ]+"
  local is_unit, one = pcall(q, "1 " .. (text or ""))
  return is_unit and text ~= "$" and has_unit(one, "$") and text or nil
end

-- x shown in that money, with the rest of its unit: "", "/yr".
function money.show(x, text, rest)
  return text and has_unit(x, text .. rest) and x:as(text .. rest) or x
end

return money
