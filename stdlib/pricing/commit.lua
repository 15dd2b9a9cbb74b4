-- Committed spend: money that is paid whether it is used or not, for a discount. With U the usage
-- at list prices, P what is paid for the commitment, K the usage at list prices that it covers, and
-- o the overage factor,
--
--     charge = P + o max(0, U - K)
--
-- basis "paid": the commitment C is in discounted money, P = C and K = C/(1 - discount), as in AWS
-- savings plans. basis "list": C is in list prices, K = C and P = (1 - discount) C. The overage
-- factor is 1 (list prices), more (a penalty) or 1 - discount ("discounted"), as in enterprise
-- agreements, whose bill is then max(C, U (1 - discount)). Of no commitment nothing is used, and
-- where the list price is 0, nothing is beyond it.

local amounts = require "shared/amounts"
local units = require "pricing/units"
local of_period = units.of_period

-- --- Reading.

local function read_overage(self, o)
  if o.overage == nil then return q(1) end
  if o.overage == "discounted" then return 1 - self.discount end
  local overage = q(1) * o.overage
  if units.is_plain(overage) then return overage end
  if not o.price then
    fail("overage is a price, which needs that of the commitment too: give price, as in "
         .. "\"0.06 $/request\"")
  end
  return amounts.ratio(in_unit(overage, o.price, "overage"), o.price)
end

-- So many units are covered, whatever is paid for them: the commitment at list prices.
local function money_of_units(o)
  if not o.price then
    fail("commit must be money, as in \"1000 $/mo\", or have a price: \"5000 request/mo\" at "
         .. "price = \"0.06 $/request\"")
  end
  local money = o.commit * o.price
  if not units.is_money(money) then
    fail("price must be per what is committed, %s, not %s", unit_of(o.commit),
         units.found(o.price))
  end
  return money
end

local function read(o)
  local self = { discount = o.discount, price = o.price, true_up = o.true_up }
  local commit, at_list, written = o.commit, o.basis == "list", o.commit
  if not units.is_money(commit) then
    commit, at_list, written = money_of_units(o), true, o.price
  end
  self.shown, self.is_rate = units.money_of(written, q "1 $"), units.is_rate(commit)
  self.commit = o.commit
  -- A price per "M request" is of many already.
  self.is_of_one = not (o.price and unit_of(o.price):find "/%s*%a+%s+%a")
  self.overage = read_overage(self, o)
  -- All there is at a discount of 100 %, but nothing where nothing is paid.
  self.covered = at_list and commit or when(commit:above(0), commit / (1 - o.discount), 0)
  self.paid = at_list and commit * (1 - o.discount) or commit
  return self
end

-- --- Charging.

-- Usage at list prices.
local function at_list(self, usage, t)
  usage = of_period(usage, t)
  if self.price and not units.is_money(usage) then usage = usage * of_period(self.price, t) end
  return in_unit(usage, self.covered, "usage at list prices")
end

-- Money, as the commitment or the price is written, per the time of the usage that it is for.
local function show(self, x, usage)
  local counted = usage or self.commit
  local shown = self.shown .. (self.is_rate and "/" .. units.time_of(counted) or "")
  return units.show(x, self.is_of_one and units.times_many(shown, counted, x) or shown)
end

local function beyond(self, list, t)
  return of_period(self.overage, t) * max(list - of_period(self.covered, t), 0)
end

local function charge(self, usage, t)
  local list, paid = at_list(self, usage, t), of_period(self.paid, t)
  if not self.true_up then
    paid = min(list, of_period(self.covered, t)) * (1 - of_period(self.discount, t))
  end
  return show(self, paid + beyond(self, list, t), usage)
end

local function overage(self, usage, t)
  return show(self, beyond(self, at_list(self, usage, t), t), usage)
end

local function shortfall(self, usage, t)
  local used = at_list(self, usage, t) * (1 - of_period(self.discount, t))
  return show(self, max(of_period(self.paid, t) - used, 0), usage)
end

local function utilisation(self, usage, t)
  local used = min(amounts.ratio(at_list(self, usage, t), of_period(self.covered, t)), 1)
  return units.show_part(used)
end

local function effective_price(self, usage, t)
  local used = of_period(usage, t)
  local price = amounts.ratio(charge(self, usage, t), used)
  return self.price and not units.is_money(used) and units.show(price, unit_of(self.price)) or price
end

local function effective_discount(self, usage, t)
  local list = at_list(self, usage, t)
  return units.show_part(amounts.ratio(list - charge(self, usage, t), list), self.discount)
end

local function covered(self, t) return show(self, of_period(self.covered, t)) end

local function breakeven(self, t) return show(self, of_period(self.paid, t)) end

local period = { "t", "", "the period; by default all", kind = "period", optional = true }
local takes = { { "usage", "", "at list prices, as in \"1500 $/mo\", or in units where there is a "
  .. "price; of the time that the commitment is for", range = "not negative" }, period }

local plan = [[local plan = pricing.commit { commit = "1000 $/mo", discount = "20 %" }
]]

local commitment = class("commitment", "Committed spend, made by pricing.commit.", {
  { "charge", "what is paid: the commitment, and what is used beyond", takes = takes,
    call = charge, example = plan .. [[print(plan:charge "500 $/mo", plan:charge "1500 $/mo")]],
    result = "1000 $/mo\t1250 $/mo\n" },
  { "shortfall", "what is paid for and not used, at discounted prices", takes = takes,
    call = shortfall, example = plan .. [[print(plan:shortfall "500 $/mo")]],
    result = "600 $/mo\n" },
  { "overage", "what is paid beyond the commitment", takes = takes, call = overage },
  { "utilisation", "the part of the commitment that is used; 0 of none", takes = takes,
    call = utilisation, example = plan .. [[print(plan:utilisation "500 $/mo")]],
    result = "0.4\n" },
  { "effective_price", "the charge per unit of usage; 0 where nothing is used", takes = takes,
    call = effective_price },
  { "effective_discount", "1 - charge/usage at list prices, as the discount is written: negative "
    .. "where list prices would have been cheaper", takes = takes, call = effective_discount,
    example = plan .. [[print(plan:effective_discount "1250 $/mo")]], result = "20 %\n" },
  { "covered", "the usage at list prices that the commitment pays for", takes = { period },
    call = covered, example = plan .. "print(plan:covered())", result = "1250 $/mo\n" },
  { "breakeven", "the usage at list prices from which the commitment is the cheaper",
    takes = { period }, call = breakeven },
})

return {
  "commit", "committed spend: paid whether it is used or not, at a discount, with overage beyond",
  options = {
    { "commit", "", "money, as in \"1000 $/mo\", or units that have a price", required = true,
      range = "not negative" },
    { "discount", "1", "off list prices for what the commitment covers", default = "0",
      range = "share" },
    { "overage", "", "beyond the commitment: a factor of list prices (1.5), \"discounted\", or a "
      .. "price per unit; by default list prices", kind = "any" },
    { "basis", "", "whether the commitment counts money as paid, after the discount, or at list "
      .. "prices; of units it is list", kind = "word", words = { "paid", "list" },
      default = "paid" },
    { "true_up", "", "whether what is not used is paid for all the same", kind = "boolean",
      default = true },
    { "price", "", "the list price of a unit, where usage is in units, as in \"0.06 $/request\"" },
  },
  example = [[local calls = pricing.commit { commit = "5000 request", price = "0.06 $/request",
  overage = "0.05 $/request" }
print(calls:charge "7000 request", calls:charge "4200 request")]],
  result = "400 $\t300 $\n",
  call = function(o) return commitment(read(o)) end,
}
