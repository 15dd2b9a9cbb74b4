-- What the parts of the module share, above all units: what prices are money for, and per which
-- time; how counts of customers meet prices per user, seat or request; how results are shown.

local amounts = require "shared/amounts"

local units = {}

-- What customers and their use are counted in. A price per user and a number without a unit mean
-- the same customers.
units.heads = { "user", "seat", "request" }

-- Period t of x; all of it where there is no t.
function units.of_period(x, t) return t and at(x, t) or x end

function units.is_plain(x) return has_unit(x, "1") end

-- What a message says of an argument that has the wrong unit.
function units.found(x) return units.is_plain(x) and "a number without a unit" or unit_of(x) end

function units.is_rate(x) return has_unit(x, "$/yr") end

-- An amount of money, or one per time.
function units.is_money(x) return has_unit(x, "$") or has_unit(x, "$/yr") end

-- An argument that is money, or money per time; a plain number is money in the script's own unit.
function units.check_money(x, what)
  if units.is_money(x) or units.is_plain(x) then return x end
  fail("%s must be money, as in \"10 $M\" or \"44 $bn/yr\", not %s", what, units.found(x))
end

-- What is below the line in the unit that x is shown in: "user" and "mo" of "$/user/mo",
-- "M request" of "$/M request".
local function denominators(x)
  local found = {}
  for part in unit_of(x):gmatch "/%s*([^/]*[^/%s])" do found[#found + 1] = part end
  return found
end

-- Whether a text is a unit of the dimension of another.
function units.is_unit_of(text, like)
  local parses, same = pcall(function() return has_unit("1 " .. text, like) end)
  return parses and same
end

-- The unit of time in the unit that x is shown in: "mo" of "$/user/mo", "yr" where it has none.
function units.time_of(x)
  for _, part in ipairs(denominators(x)) do
    if units.is_unit_of(part, "yr") then return part end
  end
  return "yr"
end

-- The first unit below the line that is none of time: "Mtok" of "$/Mtok", "seat" of "$/seat/mo".
function units.counted_in(x)
  for _, part in ipairs(denominators(x)) do
    if not units.is_unit_of(part, "yr") then return part end
  end
end

-- The money in the unit that x is shown in, and per which time where `like` is per time.
function units.money_of(x, like)
  local money = unit_of(x):match "^%s*([^/]-)%s*/" or unit_of(x)
  if not units.is_unit_of(money, "$") then money = "$" end
  return units.is_rate(like or x) and money .. "/" .. units.time_of(x) or money
end

-- x shown in a unit, or as it is where that is none of its dimension.
function units.show(x, text)
  local parses, same = pcall(has_unit, x, text)
  return parses and same and x:as(text) or x
end

-- A part of a whole shown as those that it comes of: in the unit of the first that has one, else
-- plain.
function units.show_part(x, ...)
  for _, like in ipairs { ... } do
    if amounts.unit(like) then return x:as(unit_of(like)) end
  end
  return x:as "1"
end

-- A sum shown as the one that it is a part of, which may be plain.
function units.show_like(x, whole) return x:as(amounts.unit(whole) or "1") end

-- A price with what it is per, of users, seats or requests, and without: money, or money per time.
function units.split_price(price)
  if units.is_money(price) then return price end
  for _, head in ipairs(units.heads) do
    local of_one = price * ("1 " .. head)
    if units.is_money(of_one) then return of_one:as(units.money_of(price, of_one)), head end
  end
end

-- A price or cost of one customer, of the same money as another.
function units.of_customer(x, like, what)
  return in_unit(units.split_price(x) or x, like, what)
end

-- Of the first price that says what it is in (what is free does not): the money of one customer,
-- the unit that it is written in, and what it is per, as in "1/user".
function units.first_money(prices)
  for _, price in ipairs(prices) do
    local money, head = units.split_price(price)
    if money then return money, unit_of(price), "1/" .. (head or "1") end
  end
end

-- A number of heads, or of heads per time, as a number without them.
function units.count(x)
  if units.is_plain(x) or has_unit(x, "1/yr") then return x end
  for _, head in ipairs(units.heads) do
    if has_unit(x, head) or has_unit(x, head .. "/yr") then return x / ("1 " .. head) end
  end
end

-- A number of customers, as a number.
function units.check_count(x, what)
  local number = units.count(x)
  if number then return number end
  fail("%s must be a number of customers, as in \"2 M users\", not %s", what, units.found(x))
end

-- Money to show what so many come to in all: "M users" at "$" come to "$M", unless that is known to
-- be less than a hundredth of it.
local multiples = { k = "$k", M = "$M", G = "$bn", bn = "$bn" }
function units.times_many(money, count, total)
  local multiple = multiples[unit_of(count):match "^(%a+)%s+%a" or ""]
  local is_plain = money == "$" or money:sub(1, 2) == "$/"
  if not (multiple and is_plain) then return money end
  local many = multiple .. money:sub(2)
  local number = known(total / ("1 " .. many))
  return number and math.abs(number) < 0.01 and money or many
end

-- What heads at a price each come to, shown in the money of the price, plain where that is; heads
-- may come per time.
function units.times(price, count, what)
  local of_one, number = units.split_price(price), units.check_count(count, what)
  if not of_one then return price * number end
  local shown = units.money_of(price, of_one)
  if not units.is_plain(number) then shown = shown .. "/" .. units.time_of(count) end
  local total = of_one * number
  return units.show(total, units.times_many(shown, count, total))
end

-- The gross margin, and the revenue and cost of so many users, of what asks arpu(self, t) and
-- average_cost(self, t) of each of its customers.
function units.per_customer(arpu, average_cost)
  local function gross_margin(self, t)
    local revenue = arpu(self, t)
    return units.show_part(amounts.ratio(revenue - average_cost(self, t), revenue))
  end
  local function total(of)
    return function(self, users, t)
      return units.times(of(self, t), units.of_period(users, t), "users")
    end
  end
  return gross_margin, total(arpu), total(average_cost)
end

return units
