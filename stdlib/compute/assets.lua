-- What capacity is made of: one asset, or several with prices and lives of their own, such as the
-- accelerators (`it`) and the building that they stand in (`facility`).

local assets = {}

-- Refuses what is known not to be above 0.
function assets.positive(x, what)
  local number = known(x)
  if number and number <= 0 then fail("%s must be above 0, not %s", what, x) end
  return x
end

-- capex = X or { it = X, facility = Y }: a list of { name, price }, which is named "all" where
-- there is one for everything; `convert(price, what)` checks each.
function assets.prices(capex, convert, what)
  if capex == nil then return {} end
  if type(capex) ~= "table" then return { { name = "all", price = convert(capex, what) } } end
  local list = {}
  for name, price in pairs(capex) do
    if type(name) ~= "string" then
      fail("%s must be a price or a table such as { it = \"25 $bn/GW\", facility = ... }", what)
    end
    list[#list + 1] = { name = name, price = convert(price, ("%s.%s"):format(what, name)) }
  end
  return list
end

-- Capacity that lasted no time would divide by 0: a life that varies is at least a day.
local function check_life(life, what)
  life = assets.positive(in_unit(life, q "1 yr", what), what)
  return known(life) and life or max(life, "1 day")
end

-- life = X or { it = X, facility = Y }: a table of lives by part, whose "all" is that of capacity
-- itself and of what is bought as a whole: that of the IT equipment, or where no part is called
-- that, of the part that lasts the shortest. Without one nothing is ever retired.
function assets.lives(life, what)
  if life == nil then return {} end
  if type(life) ~= "table" then return { all = check_life(life, what), alone = true } end
  local lives, shortest = {}, nil
  for name, lasts in pairs(life) do
    lives[name] = check_life(lasts, ("%s.%s"):format(what, name))
    shortest = shortest and min(shortest, lives[name]) or lives[name]
  end
  lives.all = lives.it or shortest
  return lives
end

-- How long a part lasts; nil where no life was given at all.
function assets.life_of(lives, name)
  if lives.alone or not lives.all or lives[name] then return lives[name] or lives.all end
  fail("life.%s is missing: how long that part of capex lasts, as in \"14 yr\"", name)
end

-- What checks a price per GW of IT, such as "1 $bn/GW", and makes one of a price per GW at the
-- meter.
function assets.per_gw(pue, example)
  local like, at_meter = q(example), example:gsub("GW", "GW_facility"):gsub("^1 ", "")
  return function(price, what)
    price = q(price)
    if has_unit(price, at_meter) then
      if not pue then
        fail("%s is a price at the meter: give pue =, as in \"1.25 GW_facility/GW\"", what)
      end
      price = price * pue
    end
    return in_unit(price, like, what)
  end
end

return assets
