-- Subscriptions: a price per seat or customer and time, discounts for paying by the year, seats
-- and use that are included, and what is used beyond.

local units = require "pricing/units"
local tables = require "shared/tables"
local of_period = units.of_period

-- --- Reading.

local function read_price(self, o)
  self.price, self.head = units.split_price(o.price)
  if not self.price then
    fail("price must be money per seat, user or customer, as in \"20 $/user/mo\", not %s",
         units.found(o.price))
  end
  self.shown, self.written = units.money_of(o.price, self.price), unit_of(o.price)
  local base = units.split_price(o.base) or o.base
  self.base = in_unit(base, self.price, "base")
end

local shares_of_billing = { annual = 1, year = 1, monthly = 0, month = 0 }

local function read_discount(self, o)
  if o.billing and o.annual_share then
    fail("billing and annual_share both say who pays by the year: give one of them")
  end
  if o.billing then o.annual_share = q(shares_of_billing[o.billing]) end
  if o.annual_discount and not o.annual_share then
    fail("annual_share is missing: the part of customers who pay by the year, as in \"40 %%\", or "
         .. "for all of them billing = \"annual\"")
  end
  self.kept = (1 - o.discount) * (1 - (o.annual_share or 0) * (o.annual_discount or 0))
end

local function is_count(x)
  local number = units.count(x)
  return number ~= nil and units.is_plain(number)
end

local function seats_of(x, what)
  if not is_count(x) then
    fail("%s must be a number of seats, as in \"5 seat\", not %s", what, units.found(x))
  end
  return units.count(x)
end

local function read_included(self, o)
  self.overage = o.overage
  self.seats_included = 0
  if not o.included then return end
  if is_count(o.included) then
    self.seats_included = seats_of(o.included, "included")
  elseif o.overage then
    self.included = o.included
  else
    fail("overage is missing: the price of use beyond what is included, as in \"5 $/Mtok\"")
  end
end

local function read(o)
  local self = {}
  read_price(self, o)
  read_discount(self, o)
  read_included(self, o)
  if units.is_money(o.minimum) then
    self.minimum, self.minimum_seats = in_unit(o.minimum, self.price, "minimum"), 0
  else
    self.minimum_seats = seats_of(o.minimum, "minimum")
  end
  return self
end

-- --- Charging.

-- What use at the overage price comes to for a customer: use may be per seat, and without a time it
-- is that of the time which the price is per.
local function priced_use(self, use, seats, what, t)
  local worth = of_period(self.overage, t) * of_period(use, t)
  for _, head in ipairs(units.heads) do
    if units.is_money(worth * ("1 " .. head)) then worth = worth * ("1 " .. head) * seats break end
  end
  if units.is_rate(self.price) and has_unit(worth, "$") then
    worth = worth / ("1 " .. units.time_of(self.price))
  end
  if not has_unit(worth / self.price, "1") then
    fail("%s must be in the unit that overage is per, as in \"8 Mtok/mo\" for \"5 $/Mtok\", not "
         .. "%s", what, units.found(use))
  end
  return worth
end

local function overage(self, seats, usage, t)
  if not usage then return 0 end
  if not self.overage then
    fail("usage has no price: give overage, that of use beyond what is included, as in "
         .. "\"5 $/Mtok\"")
  end
  local used = priced_use(self, usage, seats, "usage", t)
  if not self.included then return used end
  return max(used - priced_use(self, self.included, seats, "included", t), 0)
end

local function charge(self, seats, usage, t)
  seats = of_period(seats_of(seats, "seats"), t)
  local billed = max(max(seats, of_period(self.minimum_seats, t))
                     - of_period(self.seats_included, t), 0)
  local fees = of_period(self.base, t) + of_period(self.price, t) * billed
  local total = fees * of_period(self.kept, t) + overage(self, seats, usage, t)
  if self.minimum then total = max(total, of_period(self.minimum, t)) end
  return units.show(total, self.shown)
end

local function revenue(self, customers, o)
  local number = of_period(customers, o.t)
  return units.times(charge(self, o.seats, o.usage, o.t), number, "customers")
end

local function price(self, t)
  local each = of_period(self.price, t) * of_period(self.kept, t)
  if self.head then each = each / ("1 " .. self.head) end
  return units.show(each, self.written)
end

local seats = { "seats", "", "of a customer", default = "1", range = "not negative" }
local usage = { "usage", "", "of a customer, or per seat, as in \"8 Mtok/mo\"" }
local period = { "t", "", "the period; by default all", kind = "period" }

local function optional(argument) return tables.with(argument, { optional = true }) end

local team = [[local team = pricing.subscription { price = "30 $/seat/mo", minimum = 5,
  annual_discount = "20 %", annual_share = "50 %" }
]]

local subscription = class("subscription", "What customers pay per time, made by "
  .. "pricing.subscription.", {
  { "charge", "what one customer pays per time", takes = { seats, optional(usage),
    optional(period) }, call = charge, example = team .. "print(team:charge(10), team:charge(3))",
    result = "270 $/mo\t135 $/mo\n" },
  { "revenue", "customers x charge; a customer has one seat unless seats says more",
    takes = { { "customers", "", "how many pay", range = "not negative" } },
    options = { seats, usage, period }, call = revenue,
    example = team .. [[print(team:revenue(1000, { seats = 12 }):as "$bn/yr")]],
    result = "0.003888 $bn/yr\n" },
  { "price", "the average price of a seat or customer, after discounts",
    takes = { optional(period) }, call = price, example = team .. "print(team:price())",
    result = "27 $/seat/mo\n" },
})

return {
  "subscription", "a price per seat, user or customer and time, with discounts for paying by the "
    .. "year, included seats or use, and a price for use beyond",
  options = {
    { "price", "", "as in \"20 $/user/mo\", \"30 $/seat/mo\", or \"99 $/mo\" per customer",
      required = true },
    { "base", "", "a fee per customer that seats come on top of, as in \"99 $/mo\"",
      default = "0" },
    { "minimum", "", "the fewest seats that a customer pays for; or the least money",
      default = "0", range = "not negative" },
    { "included", "", "seats, or use such as \"5 Mtok/mo\", that the price or base covers",
      range = "not negative" },
    { "overage", "", "the price of use beyond what is included, as in \"5 $/Mtok\"",
      range = "not negative" },
    { "annual_discount", "1", "off price and base for who pays by the year", range = "share" },
    { "annual_share", "1", "the part of customers who pay by the year", range = "share" },
    { "billing", "", "instead of annual_share: all customers pay by the month, or year; \"month\" "
      .. "and \"year\" are the same as \"monthly\" and \"annual\"", kind = "word",
      words = { "monthly", "annual", "month", "year" } },
    { "discount", "1", "off price and base for all customers, however they pay", default = "0",
      range = "share" },
  },
  example = [[local pro = pricing.subscription { price = "20 $/user/mo" }
print(pro:revenue "1.5 M users")]],
  result = "30 $M/mo\n",
  call = function(o) return subscription(read(o)) end,
}
