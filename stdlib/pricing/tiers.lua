-- What a usage costs by a schedule of prices by quantity.

local native = ...
local amounts = require "shared/amounts"
local schedules = require "pricing/schedule"
local tables = require "shared/tables"
local units = require "pricing/units"
local of_period, count, number_of = units.of_period, schedules.count, schedules.number_of

-- What a whole number may lack by rounding: 0.3/0.1 is 3 packages.
local almost_one = 1 - 2 ^ -48

local function whole(x) return ceil(x * almost_one) end

-- --- Charging.

-- The terms of the tiers, as the kernels take them.
local function terms(self, t)
  local list = {}
  for _, tier in ipairs(self.tiers) do
    for _, x in ipairs { tier.upto, tier.price, tier.flat } do list[#list + 1] = of_period(x, t) end
  end
  return table.unpack(list)
end

-- What is charged for: whole units where edges are integers, less what is free.
local function charged_for(self, number, t)
  if self.edges == "integer" then number = whole(number) end
  if known(self.free) == 0 then return number end
  return max(number - of_period(self.free, t), 0)
end

local function packages(self, number, t)
  local sizes = amounts.ratio(charged_for(self, number, t), of_period(self.size, t))
  local some = max(whole(sizes), 0)
  return self.at_least_one and max(some, 1) or some
end

-- The charge for a number of `per`, in the money of the schedule.
local function charge_for(self, number, t)
  local charge
  if self.mode == "package" then
    charge = packages(self, number, t) * of_period(self.price, t)
  else
    local mode = self.mode == "graduated" and "graduated" or "volume"
    charge = native.charge(mode, charged_for(self, number, t), terms(self, t))
  end
  if self.minimum then charge = max(charge, of_period(self.minimum, t)) end
  if self.maximum then charge = min(charge, of_period(self.maximum, t)) end
  return charge
end

-- Usage in money at plain percentages: the charge is money, whatever it is counted in.
local function adopt_money(self, usage)
  if self.per or not units.is_plain(self.money) or not units.is_money(usage) then return self end
  return setmetatable({ per = q "1 $" }, { __index = self }), q "1 $"
end

local function shown_for(self, usage)
  return self.shown or units.is_money(usage) and units.money_of(usage, q "1 $") or "$"
end

local function charge(self, usage, t)
  local schedule, money = adopt_money(self, usage)
  local number, left, is_rate = count(schedule, usage, "usage")
  local result, shown = charge_for(schedule, number, t), shown_for(schedule, usage)
  if money then result = result * money end
  if is_rate and units.is_rate(result) then
    fail("usage must be an amount, not a rate in %s: the prices are per time already",
         unit_of(usage))
  end
  if left ~= "1" then result, shown = result * ("1 " .. left), shown .. left:sub(2) end
  if is_rate then
    result, shown = result / self.billing, shown .. "/" .. units.time_of(usage)
  end
  return units.show(result, shown)
end

-- Money per `per`, shown as prices are written; money per money is a percentage.
local function per_unit(self, price)
  local shown = self.shown or "$"
  if not self.per or units.is_plain(self.per) then return units.show(price, shown) end
  if not units.is_plain(price) then price = price / self.per end
  if units.is_plain(price) then return units.show_part(price, table.unpack(self.parts)) end
  local money, time = shown:match "^([^/]*)(.*)$"
  return units.show(price, money .. "/" .. (self.each or unit_of(self.per)) .. time)
end

local function average(self, usage, t)
  local schedule = adopt_money(self, usage)
  local number = number_of(schedule, usage, "usage")
  local price = when(number:above(0), charge_for(schedule, number, t) / number, 0)
  return per_unit(schedule, price)
end

-- The price of the next unit, in the money of the schedule.
local function next_price(self, number, t)
  if self.mode == "package" then
    return amounts.ratio(of_period(self.price, t), of_period(self.size, t))
  end
  if self.mode == "stairstep" then return constant_like(0, self.money) end
  return native.marginal(self.mode, charged_for(self, number, t), terms(self, t))
end

local function marginal(self, usage, t)
  local schedule = adopt_money(self, usage)
  local number = number_of(schedule, usage, "usage")
  local price = next_price(schedule, number, t)
  if known(self.free) ~= 0 then price = when(number:at_least(of_period(self.free, t)), price, 0) end
  return per_unit(schedule, price)
end

-- A list of tiers among the options is checked as one that is given without a name.
local function from_list(o)
  if type(o.tiers) ~= "table" then
    fail("tiers must be a list, as in { { upto = 10, price = \"5 $/Mtok\" } }")
  elseif #o.rows > 0 then
    fail("there are tiers both in the list tiers and beside it: give one list")
  end
  local all = tables.with(o, o.tiers)
  all.tiers, all.rows = nil, nil
  return require "pricing".tiers(all)
end

local usage_argument = { "usage", "", "how much is used: an amount, or a rate such as Mtok/mo" }
local period_argument = { "t", "", "prices of period t, where they are a series", kind = "period",
                          optional = true }
local takes = { usage_argument, period_argument }

local lago = [[local lago = pricing.tiers {
  { upto = 10, price = "10 $", flat = "2 $" },
  { upto = 20, price = "5 $", flat = "3 $" },
  { price = "5 $", flat = "3 $" },
}
]]

local tariff = class("tariff", "A schedule of prices, made by pricing.tiers. Usage beyond the last "
  .. "bound pays the price of the last tier.", {
  { "charge", "what a usage costs: money, or a rate of it where the usage is one, in which case "
    .. "each billing period is charged for its part", takes = takes, call = charge,
    example = lago .. [[print(lago:charge(0), lago:charge(12), lago:charge(21))]],
    result = "2 $\t115 $\t163 $\n" },
  { "average", "the charge per unit of usage; 0 where nothing is used", takes = takes,
    call = average, example = lago .. [[print(lago:average(10))]], result = "10.2 $\n" },
  { "marginal", "the price of the next unit: that of the tier it falls in, of packages price/size, "
    .. "0 within what is free and on a stair; flat fees, minimum and maximum do not count",
    takes = takes, call = marginal,
    example = lago .. [[print(lago:marginal(9), lago:marginal(10))]], result = "10 $\t5 $\n" },
})

return {
  "tiers", "a schedule of prices by quantity: graduated (each tier prices what falls in it), "
    .. "volume (the tier reached prices all), package (whole packages, a started one in full) or "
    .. "stairstep (the tier reached has one price)",
  options = {
    { "mode", "", "how tiers apply", kind = "word", default = "graduated",
      words = { "graduated", "volume", "package", "stairstep" } },
    { "per", "", "what plain prices are per and plain bounds are counted in: \"Mtok\"; by default "
      .. "the unit of the bounds or prices", kind = "any" },
    { "edges", "", "touching: a fraction above a bound is in the next tier; integer: usage is "
      .. "billed in whole units of per", kind = "word", words = { "touching", "integer" },
      default = "touching" },
    { "billing", "", "the period whose usage goes through the tiers, where usage is a rate",
      kind = "word", words = { "day", "week", "month", "quarter", "year" }, default = "month" },
    { "free", "", "usage that is not charged, taken off first" },
    { "minimum", "", "the least that is charged, as in \"10 $\"; of packages also \"one\"",
      kind = "any" },
    { "maximum", "", "the most that is charged" },
    { "size", "", "what a package holds" },
    { "price", "", "what a package costs" },
    { "tiers", "", "the list of tiers, which may also stand without a name", kind = "any" },
  },
  rows = {
    { "upto", "", "where the tier ends, itself inside; the last may leave it out" },
    { "up_to", "", "the same as upto" },
    { "price", "", "per unit" },
    { "flat", "", "a fee for reaching the tier; the first is charged from zero usage on" },
    { "from", "", "where the tier begins; not needed" },
    { "size", "", "what a package holds" },
    { "free", "", "usage that is not charged, of packages" },
  },
  example = [[local api = pricing.tiers { mode = "volume",
  { upto = "100 Mtok", price = "3 $/Mtok" }, { price = "2 $/Mtok" } }
print(api:charge "200 Mtok", api:charge "2400 Mtok/yr")]],
  result = "400 $\t4800 $/yr\n",
  call = function(o) return o.tiers and from_list(o) or tariff(schedules.read(o)) end,
}
