-- What partners take of a revenue: a marketplace its commission on each transaction, one who shares
-- in the revenue its part, perhaps until a total has been paid.

local amounts = require "shared/amounts"
local units = require "pricing/units"
local of_period = units.of_period

-- --- Commissions. With n transactions of an amount A in all: A rate + n fixed, within n times the
-- minimum and maximum of one, and never more than A.

local function is_per_transaction(self) return self.fixed or self.minimum or self.maximum end

local function has_money(self) return is_per_transaction(self) or self.free end

local function transactions_of(self, amount, transactions, t)
  if transactions then return units.count(of_period(transactions, t)) or transactions end
  if is_per_transaction(self) and units.is_rate(amount) then
    fail("transactions is missing: how many there are, as in \"3 M request/mo\", for the fixed "
         .. "fee, minimum or maximum of each")
  end
  return 1
end

local function fee(self, amount, transactions, t)
  amount = of_period(units.check_money(amount, "amount"), t)
  if units.is_plain(amount) and has_money(self) then
    fail("amount must be money, as the fixed fee, minimum, maximum or free is, not a number "
         .. "without a unit")
  end
  local number = transactions_of(self, amount, transactions, t)
  local function of_all(name)
    return in_unit(of_period(self[name], t) * number, amount, name .. " x transactions")
  end
  local base = self.free and max(amount - in_unit(of_period(self.free, t), amount, "free"), 0)
               or amount
  local total = base * of_period(self.rate, t)
  if self.fixed then total = total + of_all "fixed" end
  if self.minimum then total = max(total, of_all "minimum") end
  if self.maximum then total = min(total, of_all "maximum") end
  return units.show_like(min(total, amount), amount)
end

local function net(self, amount, transactions, t)
  return of_period(amount, t) - fee(self, amount, transactions, t)
end

local function take_rate(self, amount, transactions, t)
  local part = amounts.ratio(fee(self, amount, transactions, t), of_period(amount, t))
  return units.show_part(part, self.rate)
end

local period = { "t", "", "the period; by default all", kind = "period", optional = true }
local takes = {
  { "amount", "", "what is sold in all, in money or money per time" },
  { "transactions", "", "how many there are", optional = true },
  period,
}

local processing = [[local card = pricing.commission { rate = "2.9 %", fixed = "0.30 $" }
]]

local commission = class("commission", "What a marketplace or processor keeps of sales, made by "
  .. "pricing.commission.", {
  { "fee", "what is kept of an amount, in so many transactions; at most the amount", takes = takes,
    call = fee, example = processing .. [[print(card:fee "10 $", card:fee("300 $", 3))]],
    result = "0.59 $\t9.6 $\n" },
  { "charge", "the same as fee", takes = takes, call = fee },
  { "net", "what the seller is left", takes = takes, call = net,
    example = processing .. [[print(card:net "10 $")]], result = "9.41 $\n" },
  { "payout", "the same as net", takes = takes, call = net },
  { "rate", "the fee as a part of the amount, shown as the rate is written; 0 of nothing",
    takes = takes, call = take_rate,
    example = processing .. [[print(card:rate "10 $")]], result = "5.9 %\n" },
})

-- --- Sharing in revenue. Of what is above a threshold in a period a rate, at least and at most so
-- much; until the payments so far have come to `total`.

local function before_total(self, revenue, t)
  local above = self.above and in_unit(of_period(self.above, t), revenue, "above") or 0
  local paid = max(revenue - above, 0) * of_period(self.rate, t)
  if self.minimum then
    paid = max(paid, in_unit(of_period(self.minimum, t), revenue, "minimum"))
  end
  if self.maximum then
    paid = min(paid, in_unit(of_period(self.maximum, t), revenue, "maximum"))
  end
  return paid
end

-- The length of a period, where revenue is per time.
local function length(revenue) return units.is_rate(revenue) and dt or 1 end

-- What has been paid by the end of period t, found once for each.
local function paid_until(self, revenue, t)
  local so_far = self.so_far[revenue] or {}
  self.so_far[revenue] = so_far
  for s = #so_far + 1, t do
    local now = before_total(self, at(revenue, s), s) * length(revenue)
    local total = in_unit(of_period(self.total, s), now, "total")
    so_far[s] = min(s > 1 and so_far[s - 1] + now or now, total)
  end
  return so_far[t] or 0
end

local function paid_in(self, revenue, t)
  local paid = paid_until(self, revenue, t) - paid_until(self, revenue, t - 1)
  return units.show_like(paid / length(revenue), revenue)
end

local function paid(self, revenue, t)
  units.check_money(revenue, "revenue")
  if not self.total then
    local now = of_period(revenue, t)
    return units.show_like(before_total(self, now, t), now)
  end
  if not is_series(revenue) then
    fail("revenue must be a series, as what is paid ends when it has come to the total")
  end
  if t then return paid_in(self, revenue, t) end
  return over_periods(function(s) return paid_in(self, revenue, s) end)
end

local function kept(self, revenue, t) return of_period(revenue, t) - paid(self, revenue, t) end

local of_revenue = { { "revenue", "", "an amount, or one per time" }, period }

local deal = [[local deal = pricing.share { rate = "20 %", above = "1 $bn/yr" }
]]

local revenue_share = class("revenue_share", "What a partner has of a revenue, made by "
  .. "pricing.share.", {
  { "paid", "what the partner gets of a revenue; where there is a total, of a series, until then",
    takes = of_revenue, call = paid, example = deal .. [[print(deal:paid "13 $bn/yr")]],
    result = "2.4 $bn/yr\n" },
  { "kept", "what is left of the revenue", takes = of_revenue, call = kept,
    example = deal .. [[print(deal:kept "13 $bn/yr")]], result = "10.6 $bn/yr\n" },
})

local function make_share(o)
  o.so_far = {}
  return revenue_share(o)
end

local share_options = {
  { "rate", "1", "of the revenue", required = true, range = "share" },
  { "above", "", "the revenue from which on there is a share, as in \"1 $bn/yr\"" },
  { "minimum", "", "the least that is paid, as in \"100 $M/yr\"" },
  { "maximum", "", "the most that is paid, per time" },
  { "total", "$", "the most that is paid over all periods" },
}

return {
  commission = {
    "commission", "a commission on sales: a rate, a fixed fee for each transaction, bounds",
    options = {
      { "rate", "1", "of the amount", default = "0", range = "share" },
      { "fixed", "$", "for each transaction" },
      { "minimum", "$", "the least for each transaction" },
      { "maximum", "$", "the most for each transaction" },
      { "free", "", "an amount on which there is no rate" },
    },
    example = [[local market = pricing.commission { rate = "12 %" }
print(market:fee "250 $", market:net "40 $M/yr")]],
    result = "30 $\t35.2 $M/yr\n",
    call = function(o) return commission(o) end,
  },
  share = {
    "share", "a partner's share in a revenue",
    options = share_options,
    example = [[horizon { periods = 3 }
local deal = pricing.share { rate = "20 %", total = "3 $bn" }
print(deal:paid(series("$bn/yr", "10 $bn/yr")):total():as "$bn")]],
    result = "3 $bn\n",
    call = make_share,
  },
  revenue_share = {
    "revenue_share", "the same as pricing.share", options = share_options, call = make_share,
  },
}
