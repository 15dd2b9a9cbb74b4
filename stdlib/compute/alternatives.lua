-- Alternatives as scripts write them, made comparable: what each pays in any case and what by use.

local assets = require "compute/assets"
local electricity = require "compute/electricity"
local money = require "compute/money"
local alternatives = {}

-- From the least sovereign on.
alternatives.levels = { "cloud", "hybrid", "self-hosted", "air-gapped" }
alternatives.rank = {}
for i, level in ipairs(alternatives.levels) do alternatives.rank[level] = i end

-- x of all units: as it is where it is of the whole, else times the units that it is per.
local function of_all(x, like, units, what)
  local product = units and x * units
  local is_per_unit = product and not has_unit(units, "1") and has_unit(product, unit_of(like))
  return is_per_unit and product or in_unit(x, like, what)
end

-- A price at the meter, where what is compared is of IT, as one of IT.
local function of_it(x, like, units, option, what)
  local function fits(y)
    return has_unit(y, unit_of(like)) or units and has_unit(y * units, unit_of(like))
  end
  local converted = x * electricity.pue(option.pue, "pue of " .. option.name)
  if fits(x) or not fits(converted) then return x end
  if not option.pue then
    fail("%s is a price at the meter: give %s pue =, as in \"1.25 GW_facility/GW\"", what,
         option.name)
  end
  return converted
end

-- What is compared: money per time where units are given, else whatever prices are per, of IT
-- rather than at the meter.
local function comparison(o)
  if o.units then return q "1 $/yr" end
  local at_meter
  for _, option in ipairs(o.named) do
    for _, name in ipairs { "price", "opex", "running" } do
      local x = option[name]
      if x and unit_of(x):find("$", 1, true) and not has_unit(x, "$/tok") then
        if not unit_of(x):find("_facility", 1, true) then return x end
        at_meter = at_meter or x
      end
    end
  end
  return at_meter or q "1 $/yr"
end

-- What renting costs per year of use.
local function price_of(option, o, like)
  local price, units = option.price, o.units
  if not price then return nil end
  local what = ("price of %s"):format(option.name)
  if has_unit(price, "$/tok") then
    if not o.tokens then
      fail("%s is per token: give tokens =, what is served while in use, as in \"9144 tok/s\"",
           what)
    end
    return in_unit(price * o.tokens, like, what)
  end
  price = of_it(price, like, units, option, what)
  if units and not has_unit(price * units, "$/yr") then
    fail("%s must be money per time and one of the units, which are %s, not %s", what, units, price)
  end
  return units and price * units or in_unit(price, like, what)
end

-- Electricity per year, of the whole.
local function power_of(option, o, like)
  if not option.power then return nil end
  local where = (" of %s"):format(option.name)
  if not option.power_price then fail("power_price%s is missing: as in \"0.08 $/kWh\"", where) end
  local power = of_all(option.power, q "1 kW", o.units, "power" .. where)
  local cost = power * option.load * electricity.pue(option.pue, "pue" .. where)
               * electricity.price(option.power_price, "power_price" .. where)
  return in_unit(cost, like, "the electricity" .. where)
end

-- A level by the name of the alternative, else by what it consists of.
local function level_of(option)
  if option.level then return option.level end
  if alternatives.rank[option.name] then return option.name end
  return option.capex and (option.price and "hybrid" or "self-hosted") or "cloud"
end

local function sum_of(a, b) return a and b and a + b or a or b end
alternatives.sum = sum_of

local function read_option(o, option, like)
  local units, where = o.units, (" of %s"):format(option.name)
  local function whole(x, unit_like, what)
    return of_all(of_it(x, unit_like, units, option, what), unit_like, units, what)
  end
  local function amount(x, what) return whole(q(x), like * "1 yr", what .. where) end
  local function rate(x, what) return x and whole(x, like, what .. where) end
  local made = { name = option.name, parts = {}, level = level_of(option) }
  local lives = assets.lives(option.life, "life" .. where)
  for i, part in ipairs(assets.prices(option.capex, amount, "capex")) do
    local life = assets.life_of(lives, part.name)
    if not life then fail("life%s is missing: as in \"5 yr\"", where) end
    made.parts[i] = { price = part.price, life = life }
    made.capex = made.capex and made.capex + part.price or part.price
  end
  made.life = lives.all
  made.residual = option.residual and amount(option.residual, "residual")
  if made.residual and not made.life then fail("residual%s needs a life", where) end
  local price = price_of(option, o, like)
  made.fixed = sum_of(rate(option.opex, "opex"), power_of(option, o, like))
  made.variable = sum_of(price and price * (1 - option.discount), rate(option.running, "running"))
  if not (made.capex or made.fixed or made.variable) then
    fail("%s costs nothing: give it capex and life, opex, or a price", option.name)
  end
  made.money = money.of(option.price) or money.of(option.opex)
  return made
end

-- Units may be given with an alternative too: they are those of all.
local function gather_units(o)
  for _, option in ipairs(o.named) do
    if option.units then
      if o.units and known(o.units) ~= known(option.units) then
        fail("units of %s differ from the others': alternatives do the same work", option.name)
      end
      o.units = option.units
    end
  end
end

-- The alternatives, and an amount per year in the unit of what they cost.
function alternatives.read(o)
  gather_units(o)
  local like, list = comparison(o), {}
  for i, option in ipairs(o.named) do list[i] = read_option(o, option, like) end
  return list, like
end

return alternatives
