-- Total cost of ownership: alternatives such as owning and renting, side by side.
--
-- An alternative costs F + V u a year at a utilisation u: F is paid whether it is used or not (its
-- capex spread over its life, opex, electricity, less what it fetches at the end), V only while it
-- is used (rent, running costs). Two alternatives cost the same at u* = (F1 - F2)/(V2 - V1), which
-- for one that is owned and one that is rented by the hour is the lifetime cost of owning over
-- units * hours * rental rate.

local alternatives = require "compute/alternatives"
local annuity = require "compute/annuity"
local money = require "compute/money"
local options = require "shared/options"
local tables = require "shared/tables"
local rank, sum_of = alternatives.rank, alternatives.sum
local tco = {}

-- --- What they cost.

-- What is paid in a year whether it is used or not; without a rate, capex in a straight line.
local function fixed(self, x, rate)
  local sum = x.fixed
  for _, part in ipairs(x.parts) do
    sum = sum_of(sum, rate and annuity.of(part.price, part.life, rate, self.compounding)
                      or part.price / part.life)
  end
  if x.residual then
    sum = sum_of(sum, -(rate and annuity.sinking(x.residual, x.life, rate, self.compounding)
                        or x.residual / x.life))
  end
  return sum
end

local function annual(self, x, rate, without_capex)
  local constant = without_capex and x.fixed or not without_capex and fixed(self, x, rate)
  return sum_of(constant, x.variable and x.variable * self.utilisation) or self.nothing
end

-- What a year of use costs: the more, the less it is used. What is not used at all costs without
-- end where anything is paid in any case.
local function of_use(self, x)
  local constant, u = fixed(self, x, self.rate), self.utilisation
  if constant then constant = when(u:above(0) | ~constant:equals(0), constant / u, 0) end
  return sum_of(constant, x.variable) or self.nothing
end

-- Shown per hour, and of one unit where that is what it is per.
local function per_hour(cost)
  if has_unit(cost, "$/h") then return cost:as "$/h" end
  for unit_name in unit_of(cost):gmatch "/([^/ ]+)" do
    local is_unit, fits = pcall(has_unit, cost, ("$/%s/h"):format(unit_name))
    if is_unit and fits then return cost:as(("$/%s/h"):format(unit_name)) end
  end
  return cost
end

local function find(self, name, default)
  name = name or default
  for _, x in ipairs(self.list) do
    if x.name == name then return x end
  end
  tables.unknown("alternative", name, tables.names(self.list))
end

-- In the money that prices are written in; of plain dollars a readable multiple per year.
local function shown(self, x, rest)
  if not self.money and rest == "/yr" then return x * "1 yr" / "1 yr" end
  return money.show(x, self.money, rest)
end

local function annual_of(self, name)
  return shown(self, annual(self, find(self, name), self.rate), "/yr")
end

local function years(self)
  if not self.over then fail("over is missing: how long the comparison runs, as in \"5 yr\"") end
  return self.over
end

local function pair(self, first, second)
  return find(self, first, "own"), find(self, second, "cloud")
end

local function break_even(self, first, second)
  local own, cloud = pair(self, first, second)
  local none = self.nothing
  local more = (fixed(self, own, self.rate) or none) - (fixed(self, cloud, self.rate) or none)
  local less = (cloud.variable or none) - (own.variable or none)
  local never = when(more:above(0), math.huge, 0)
  return when(less:above(0), max(more, 0) / less, never)
end

local function payback(self, first, second)
  local own, cloud = pair(self, first, second)
  local saved = annual(self, cloud, nil, true) - annual(self, own, nil, true)
  local more = (own.capex or self.nothing * q "1 yr") - (cloud.capex or self.nothing * q "1 yr")
  local never = when(more:above(0), constant_like(math.huge, q "1 yr"), "0 yr")
  return when(saved:above(0), max(more, 0) / saved, never):as "yr"
end

local function npv(self, rate, first, second)
  rate = rate or self.rate
  if not rate then
    fail("rate is missing: the discount rate, as in \"8 %%/yr\", here or given to compute.tco")
  end
  local own, cloud = pair(self, first, second)
  local saved = annual(self, cloud, rate) - annual(self, own, rate)
  return shown(self, saved / annuity.of(q(1), years(self), rate, self.compounding), "")
end

-- The least that the alternatives cost which have a level of at least `least`.
local function cheapest(self, least)
  local best
  for _, x in ipairs(self.list) do
    if rank[x.level] >= least then
      local cost = annual(self, x, self.rate)
      best = best and min(best, cost) or cost
    end
  end
  return shown(self, best, "/yr")
end

-- --- As scripts see it.

local first_name = { "first", "", "the alternative that is bought", kind = "text", default = "own" }
local second_name = { "second", "", "the other", kind = "text", default = "cloud" }
local one_name = { "name", "", "of the alternative, as in \"own\"", kind = "text" }

-- Break-even use under another name.
local function also_break_even(name)
  return { name, "The same as break_even.", takes = { first_name, second_name },
           call = break_even }
end

local lenovo = [[local tco = compute.tco {
  own = { capex = "833,806 $", life = "5 yr", running = "0.87 $/h" },
  cloud = { price = "98.32 $/h" } }
]]

local make = class("tco", "alternatives and what they cost, made by compute.tco", {
  { "annual", "What an alternative costs per year, at the utilisation.", takes = { one_name },
    example = lenovo .. [[print(tco:annual "own", tco:annual "cloud")]],
    result = "174.388 $k/yr\t861.873 $k/yr\n",
    call = annual_of },
  { "total", "What an alternative costs over all the years.", takes = { one_name },
    example = lenovo .. [[print(tco:total "own", tco:total "cloud")]],
    result = "871.938 $k\t4.30937 $M\n",
    call = function(self, name)
      return shown(self, annual(self, find(self, name), self.rate) * years(self), "")
    end },
  { "saving", "What the first alternative costs less than the second over all the years.",
    takes = { first_name, second_name }, example = lenovo .. [[print(tco:saving())]],
    result = "3.43743 $M\n",
    call = function(self, first, second)
      local own, cloud = pair(self, first, second)
      local saved = annual(self, cloud, self.rate) - annual(self, own, self.rate)
      return shown(self, saved * years(self), "")
    end },
  { "per_hour", "What an hour of use of a unit costs.", takes = { one_name },
    example = lenovo .. [[print(tco:per_hour "own")]], result = "19.8936 $/h\n",
    call = function(self, name)
      local cost = of_use(self, find(self, name))
      return per_hour(self.units and cost / self.units or cost)
    end },
  { "per_token", "What a million tokens cost.", takes = { one_name },
    example = [[local tco = compute.tco { cloud = { price = "2 $/h" }, tokens = "85 tok/s" }
print(tco:per_token "cloud")]], result = "6.53595 $/Mtok\n",
    call = function(self, name)
      if not self.tokens then
        fail("tokens is missing: what is served while in use, as in \"9144 tok/s\"")
      end
      return (of_use(self, find(self, name)) / self.tokens):as "$/Mtok"
    end },
  { "break_even", "The utilisation from which on the first alternative costs less than the second: "
      .. "above 1 is never in practice, inf never at all, 0 always.",
    takes = { first_name, second_name }, example = lenovo .. [[print(tco:break_even())]],
    result = "0.195214\n", call = break_even },
  also_break_even "break_even_utilisation", also_break_even "break_even_utilization",
  also_break_even "breakeven_utilisation", also_break_even "breakeven_utilization",
  { "payback", "The time after which the first alternative has cost less than the second, capex "
      .. "included; never is inf.",
    takes = { first_name, second_name }, example = lenovo .. [[print(tco:payback():as "mo")]],
    result = "11.7129 mo\n", call = payback },
  { "break_even_hours", "The hours of use after which it has.", takes = { first_name, second_name },
    example = lenovo .. [[print(tco:break_even_hours())]], result = "8556.24 h\n",
    call = function(self, first, second)
      return (payback(self, first, second) * self.utilisation):as "h"
    end },
  { "npv", "The present value of buying the first alternative instead of the second.",
    takes = { { "rate", "", "the discount rate per year; left out: that of the comparison",
                kind = "rate", optional = true }, first_name, second_name },
    example = lenovo .. [[print(tco:npv "10 %/yr")]], result = "2.40446 $M\n", call = npv },
  { "best", "The least that an alternative costs per year which meets what is required.",
    example = lenovo .. [[print(tco:best())]], result = "174.388 $k/yr\n",
    call = function(self) return cheapest(self, self.required) end },
  { "premium", "What the requirement costs per year: the best that meets it, less the best of all.",
    example = [[local tco = compute.tco { own = { capex = "5 $M", life = "5 yr" },
  cloud = { price = "100 $/h" }, require = "self-hosted" }
print(tco:premium():as "$k/yr")]], result = "123.4 $k/yr\n",
    call = function(self)
      return shown(self, cheapest(self, self.required) - cheapest(self, 1), "/yr")
    end },
  { "is_best", "The condition that an alternative meets what is required and none that does costs "
      .. "less.", takes = { one_name },
    example = lenovo .. [[print(tco:is_best "own")]], result = "true\n",
    call = function(self, name)
      local x = find(self, name)
      if rank[x.level] < self.required then return q(0):above(1) end
      return annual(self, x, self.rate):at_most(cheapest(self, self.required))
    end },
})

-- The years of the comparison: those of what is owned.
local function default_years(list)
  local shortest
  for _, x in ipairs(list) do
    if x.life then shortest = shortest and min(shortest, x.life) or x.life end
  end
  return shortest
end

local function check_requirement(o, list)
  local least = o.require and rank[o.require] or 1
  for _, x in ipairs(list) do
    if rank[x.level] >= least then return least end
  end
  fail("no alternative is %s: give one that is, with level = \"%s\"", o.require, o.require)
end

local function new(o)
  if #o.named == 0 then fail("give alternatives, as in own = { capex = ... }") end
  local list, like = alternatives.read(o)
  local self = {
    list = list, units = o.units, rate = o.rate, tokens = o.tokens,
    utilisation = options.either(o, "utilisation", "utilization") or q(1),
    compounding = o.compounding, over = o.over or default_years(list),
    required = check_requirement(o, list),
  }
  self.nothing = constant_like(0, like)
  for _, x in ipairs(list) do self.money = self.money or x.money end
  return make(self)
end

tco.description = {
  "tco", "Alternatives side by side: each a table of what it costs, under a name; `own` and "
    .. "`cloud` are those that are compared where none is named. Amounts may be of the whole, or "
    .. "per unit where units have a unit, as in \"8 gpu\" or \"1 GW\".",
  options = {
    { "units", "", "how many of what is rented do the work, as in 8, \"8 gpu\" or \"1 GW\"; left "
      .. "out: one, or whatever prices are per", kind = "scalar", range = "positive" },
    { "utilisation", "1", "the share of the time that is used; \"6 h/day\" will do; left out: 1",
      kind = "scalar", range = "not negative" },
    { "utilization", "1", "the same as utilisation", kind = "scalar", range = "not negative" },
    { "over", "yr", "how long; left out: the life of what is owned", kind = "scalar",
      range = "positive" },
    { "rate", "", "the cost of capital: capex is an annuity; left out: a straight line",
      kind = "rate" },
    { "compounding", "", "how that is paid", kind = "word", words = { "annual", "monthly" },
      default = "annual" },
    { "tokens", "tok/s", "what is served while in use", kind = "scalar", range = "positive" },
    { "require", "", "the least sovereignty: alternatives below it are no choice", kind = "word",
      words = alternatives.levels },
  },
  named = {
    { "capex", "", "what is bought, or a table of its parts", kind = "any" },
    { "life", "", "how long it lasts, or a table of those of the parts", kind = "any" },
    { "residual", "", "what it fetches at the end of its life", kind = "scalar" },
    { "opex", "", "what is paid per time whether it is used or not: staff, space, support",
      kind = "scalar" },
    { "running", "", "what is paid per time while it is used", kind = "scalar" },
    { "power", "", "the power of IT that it draws, always", kind = "scalar",
      range = "not negative" },
    { "load", "1", "the share of that which it draws", default = "1", kind = "scalar" },
    { "pue", "", "power at the meter per power of IT; left out: 1", kind = "scalar",
      range = "positive" },
    { "power_price", "", "of electricity, at the meter", kind = "scalar" },
    { "price", "", "rent per unit and time of use, \"2.5 $/h\" or \"13 $bn/GW/yr\"; or per token",
      kind = "scalar" },
    { "discount", "1", "off that price", default = "0 %", kind = "scalar", range = "share" },
    { "units", "", "the units, if not given for all", kind = "scalar", range = "positive" },
    { "level", "", "its sovereignty; left out: what it is called, or whether it is owned",
      kind = "word", words = alternatives.levels },
  },
  example = [[local tco = compute.tco {
  own = { capex = "1.92 $M", opex = "728,681 $" / q "4 yr", life = "4 yr" },
  cloud = { price = "2 $/h" }, units = 64, utilisation = 0.7 }
print(tco:break_even(), tco:payback())]], result = "0.590144\t3.18269 yr\n",
  call = new,
}

return tco
