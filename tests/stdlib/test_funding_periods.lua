-- Cap tables over periods: conditional rounds, time, debt, IPO and secondary sales.
local check = require "check"

horizon { from = "2026-01", periods = 60 }

local function founders() return funding.captable { founders = "8 M share", pool = "1 M share" } end

-- The shares of all holders are all shares, in every sample.
local function check_whole(t, period)
  local sum = q "0 share"
  for _, holder in ipairs(t:holders()) do sum = sum + t:shares(holder, period) end
  check.same(sum, t:total(period))
  local owned = q "0"
  for _, share in pairs(t:ownership(nil, period)) do owned = owned + share end
  check.same(owned, q "1" + 0 * owned)
end

-- --- Events at periods and on conditions.

local t = founders()
t:round { name = "A", at = 3, pre = "9 $M", raise = "1 $M" }
t:round { name = "B", at = "2027-01", pre = "20 $M", raise = "5 $M" }
check.equal(t:ownership("founders", 0), 8 / 9)
check.equal(t:ownership("founders", 2), 8 / 9)
check.equal(t:ownership("founders", 3), 0.8)
check.equal(t:ownership("founders", 12), 0.8)
check.equal(t:ownership("founders", "2027-01"), 0.64)
check.equal(t:ownership "founders", 0.64)
check.equal(t:ownership("B", 12), 0)
check.equal(t:raised(3), "1 $M")
check.equal(t:raised(4), "0 $M")
check.equal(t:raised():sum(), "6 $M")
check.equal(t:raised()[13], "5 $M")
check.equal(t:post("B"), "25 $M")
check.equal(t:price("B", 12), "0 $/share")

-- Where the condition does not hold, nothing changes.
local luck = assume("luck", "uniform(0, 1) 1")
local lucky = luck:above(0.6)
t = founders()
t:safe { name = "angel", at = 1, amount = "500 $k", cap = "5 $M" }
t:round { name = "A", at = 2, when = lucky, pre = "12 $M", raise = "3 $M", pool = "12 %" }
t:round { name = "B", at = 4, when = ~lucky, pre = "6 $M", raise = "3 $M", pool = "15 %" }
local plain = founders()
plain:safe { name = "angel", amount = "500 $k", cap = "5 $M" }
plain:round { name = "A", pre = "12 $M", raise = "3 $M", pool = "12 %" }
for _, holder in ipairs { "founders", "angel", "A", "pool" } do
  check.same(t:ownership(holder, 3), when(lucky, plain:ownership(holder),
    holder == "founders" and 8 / 9 or holder == "pool" and 1 / 9 or 0))
end
check.same(t:raised(2), when(lucky, "3 $M", "0 $M"))
check.same(t:price "angel", when(lucky, plain:price "angel", t:price "angel"))
check.always(t:happened "A" :equals(lucky))
check.always(t:shares "angel" :above "1 share")
check_whole(t, 2)
check_whole(t)

-- --- Rounds when cash is short: forty of them are one class.

local a = assume { growth = "20 to 80 %/yr", burn = "6 to 12 $bn/yr", multiple = "15 to 25 yr" }
local market = funding.market { limit = { { "20 $bn", "3 $bn" }, { "200 $bn", "20 $bn" } },
                                rounds = 3 }
local revenue, cash = grow("2 $bn/yr", a.growth), series("$bn", { [0] = "5 $bn" })
local company = founders()
company:class { name = "seed", shares = "1 M share", invested = "1 $bn", anti_dilution = "broad" }
local happened = q "0"
for period in periods() do
  local short = cash[period - 1]:below "4 $bn"
  company:round { name = "B", at = period, when = short, pre = revenue[period] * a.multiple,
                  raise = "6 $bn", pool = "8 %", limit = market }
  happened = happened + company:raised(period):above(0)
  cash[period] = cash[period - 1] + (revenue[period] - a.burn) * dt + company:raised(period)
end
check.varies(cash:last())
check.varies(company:ownership "B")
check.always(happened:at_most(3))
check.same(market:left(), 3 - happened)
check_whole(company, 7)
check_whole(company)
for _, period in ipairs { 1, 20, 40 } do
  local pre = revenue[period] * a.multiple
  check.always(company:raised(period):at_most(market:limit(pre) + "1 $"))
end
check.same(cash:last(), q "5 $bn" + (revenue - a.burn):total() + company:raised():sum())
local w = company:waterfall("900 $bn")
check.same(w.founders + w.B + w.pool + w.seed, q "900 $bn" + 0 * w.B)

-- --- Notes: interest by the time between issue and round; repaid at maturity.

t = founders()
t:note { name = "note", at = 6, amount = "500 $k", interest = "8 %/yr", discount = "20 %" }
t:round { name = "A", at = 24, price = "1 $/share", raise = "2 $M" }
check.equal(t:shares "note", "700 k share") -- 560 k at 0.80
t = founders()
t:note { name = "note", at = 6, amount = "500 $k", interest = "8 %/yr", maturity = "1 yr",
         at_maturity = "repay" }
check.equal(t:payments(17), "0 $k")
check.equal(t:payments(18), "540 $k")
t:round { name = "A", at = 24, price = "1 $/share", raise = "2 $M" }
check.equal(t:payments():sum(), "540 $k")
check.equal(t:shares "note", "0 share")
t = founders()
t:note { name = "note", at = 6, amount = "500 $k", maturity = "1 yr", at_maturity = "repay" }
t:round { name = "A", at = 18, price = "1 $/share", raise = "2 $M" } -- in time
check.equal(t:shares "note", "500 k share")
check.equal(t:payments():sum(), "0 $k")
t = founders()
t:note { name = "late", amount = "100 $k", interest = "8 %/yr", compound = true, held = "1 yr" }
t:round { name = "A", at = 12, price = "1 $/share", raise = "2 $M" }
check.equal(t:shares "late", "116.64 k share")

-- --- Debt.

t = founders()
t:debt { name = "loan", amount = "1 $M", rate = "12 %/yr", term = "36 mo", repay = "annuity" }
check.equal(t:payments(1), "33,214.309812 $", "0.00001 $")
check.equal(t:payments("loan", 36), "33,214.309812 $", "0.00001 $")
check.equal(t:balance("loan", 36), "0 $", "0.0001 $")
check.equal(t:payments(37), "0 $", "0.0001 $")
check.equal(t:raised(1), "1 $M")
check.same(t:payments("loan"):sum(), q "1 $M" + t:interest("loan"):sum())
t = founders()
t:debt { amount = "1 $M", rate = "12 %/yr", term = "36 mo", repay = "annuity",
         interest_only = "12 mo" }
check.equal(t:payments(12), "10,000 $")
check.equal(t:payments(13), "47,073.472230 $", "0.00001 $")
t = founders()
t:debt { amount = "1.2 $M", rate = "10 %/yr", term = "1 yr", repay = "linear", at = 2 }
check.equal(t:balance(2), "1.2 $M")
check.equal(t:balance(8), "0.6 $M")
check.equal(t:interest(3), "10 $k")
check.equal(t:payments(14), "100.8333333 $k", "0.001 $k")
check.equal(t:balance(14), "0 $")
t = founders()
t:debt { amount = "1 $M", rate = "12 %/yr", term = "2 yr", when = lucky }
check.same(t:balance(23), when(lucky, "1 $M", "0 $M"))
check.same(t:payments(24), when(lucky, "1.01 $M", "0 $M"))
check.equal(t:balance(24), "0 $M")
t = founders()
t:debt { amount = "1 $M", rate = 0, term = "10 mo", repay = "annuity" }
check.equal(t:payments(3), "100 $k")
t = founders()
t:debt { amount = "1 $M", rate = "5 %/yr" }
check.equal(t:balance(60), "1 $M")

-- An uncertain term repays at the end of the period in which it is reached.
local term = assume("term", "12 to 24 mo")
t = founders()
t:debt { amount = "1 $M", rate = "12 %/yr", term = term }
check.always(t:balance(18):equals(when(term:above(18 * dt), "1 $M", "0 $M")))
check.same(t:payments():sum(), q "1 $M" + t:interest():sum())

-- Warrants: 10 % of 1 $M at 1 $ are 100,000 shares. They take part with their exercise price.
t = funding.captable { founders = "900 k share" }
t:debt { name = "lender", amount = "1 $M", warrants = "10 %", strike = "1 $/share" }
check.equal(t:shares "lender", "100 k share")
check.equal(t:ownership "lender", "10 %")
check.equal(t:waterfall("0.9 $M").lender, "0.9 $M")
check.equal(t:waterfall("2.9 $M").lender, "1.1 $M") -- and a tenth of 1.9 $M and the 0.1 paid in
check.equal(t:waterfall("1.8 $M").lender, "1 $M")

-- Covenants.
local floor_ = series("$M", function(period) return (10 - period) * q "1 $M" end)
t = founders()
t:debt { name = "a", amount = "1 $M", term = "8 mo", covenant = floor_:at_least "4 $M" }
check.always(~t:breach("a", 6))
check.always(t:breach("a", 7))
check.always(~t:breach("a", 8)) -- it has been paid back
t = founders()
t:debt { name = "b", amount = "1 $M",
         covenant = function(period) return floor_[period]:at_least "9 $M" end }
check.always(~t:breach("b", 1))
check.always(t:breach(2))
check.equal(t:breach("b"):sum(), 59)

-- --- IPO.

local function listed(o)
  local all = funding.captable { holders = "850 M share" }
  o.price, o.primary, o.secondary, o.spread = "20 $/share", "100 M share", "50 M share", "4 %"
  all:ipo(o)
  return all
end
t = listed {}
check.equal(t:raised(1), "1.92 $bn")
check.equal(t:post "IPO", "19 $bn")
check.equal(t:pre "IPO", "17 $bn")
check.equal(t:dilution "IPO", 100 / 950)
check.equal(t:proceeds("holders", 1), "0.96 $bn")
check.equal(t:shares "IPO", "150 M share")
t = listed { greenshoe = "15 %", costs = "10 $M" }
check.equal(t:raised(1), "2.342 $bn")
check.equal(t:post "IPO", "19.45 $bn")
check.equal(t:dilution "IPO", 122.5 / 972.5)
t = listed { greenshoe = "15 %", greenshoe_from = "sellers" }
check.equal(t:raised(1), "1.92 $bn")
check.equal(t:proceeds("holders", 1), "1.392 $bn")
t = funding.captable { holders = "850 M share" } -- money in place of shares, valuation of a price
t:ipo { at = 5, pre = "17 $bn", primary = "2 $bn", secondary = "1 $bn", spread = "4 %" }
check.equal(t:raised(5), "1.92 $bn")
check.equal(t:price "IPO", "20 $/share")
t = funding.captable { holders = "10 M share" }
t:ipo { price = "15 $/share", primary = "10 M share", greenshoe = "15 %" }
check.equal(t:raised(1), "172.5 $M")

-- Preferred, SAFEs and notes become common, in the samples in which there is an IPO, and once.
t = founders()
t:round { name = "A", at = 1, pre = "9 $M", raise = "6 $M", participating = true }
t:safe { name = "S", at = 2, amount = "1 $M", cap = "16 $M" }
for period = 3, 5 do
  t:ipo { at = period, when = lucky, price = "2 $/share", primary = "1 M share" }
end
check.equal(t:shares("S", 2), "0 share")
check.same(t:shares("S"), when(lucky, "1 M share", "0 share"))
check.same(t:raised():sum(), when(lucky, "9 $M", "7 $M"))
check_whole(t)
w = t:waterfall("17 $M")
check.same(w.A, when(lucky, "6.375 $M", w.A)) -- 6 of 16 issued shares
check.same(w.A + w.founders + w.S + w.IPO + w.pool, q "17 $M" + 0 * w.A)
check.always(w.A:above "5.9 $M")

-- --- Secondary sales, grants, exercise.

t = founders()
t:round { name = "A", pre = "9 $M", raise = "1 $M" }
t:secondary { at = 4, seller = "founders", buyer = "fund", shares = "2 M share" }
check.equal(t:ownership "fund", 0.2)
check.equal(t:ownership "founders", 0.6)
check.equal(t:total(), "10 M share")
check.equal(t:proceeds("founders", 4), "2 $M")
check.equal(t:raised(4), "0 $M")
t:secondary { at = 5, seller = "A", buyer = "fund", amount = "1 $M", price = "2 $/share",
              when = lucky }
check.same(t:shares "fund", when(lucky, "2.5 M share", "2 M share"))
check.same(t:proceeds("A", 5), when(lucky, "1 $M", "0 $M"))
t:secondary { at = 6, seller = "A", buyer = "fund", shares = "99 M share" } -- what there is
check.equal(t:shares "A", "0 share")
check.equal(t:ownership "fund", 0.3)
check_whole(t)

-- Without a price of its own, that of the last round that there has been; without any, no sale.
t = founders()
t:round { name = "A", pre = "9 $M", raise = "1 $M", when = lucky }
t:round { name = "B", pre = "9 $M", raise = "1 $M", when = luck:below(0.2) }
t:secondary { seller = "founders", buyer = "fund", amount = "1 $M" }
check.same(t:shares "fund", when(lucky | luck:below(0.2), "1 M share", "0 share"))
t:debt { name = "lender", amount = "1 $M", warrants = "50 %" }
check.same(t:shares "lender", t:shares "fund" / 2)

t = founders()
t:grant { to = "staff", at = 2, part = "40 %", strike = "0.5 $/share" }
check.equal(t:shares "pool", "600 k share")
check.equal(t:shares "staff", "400 k share")
check.equal(t:waterfall("8.6 $M").staff, "219,047.6190476190 $") -- (8.8 / 8.4 - 0.5) 0.4
t:exercise { holder = "staff", at = 3, part = "50 %" }
check.equal(t:raised(3), "100 $k")
t:grant { to = "staff", at = 4, shares = "5 M share" }
check.equal(t:shares "pool", "0 share")
check.equal(t:shares "staff", "1 M share")
check_whole(t)

-- Series stand for their value in the period; nothing raised is no round.
local values = series("$M", function(period) return period * q "1 $M" end)
t = founders()
for period = 8, 10 do
  t:round { name = "A", at = period, pre = values, raise = period == 9 and "0 $M" or "2 $M",
            preference = values / "4 $M" }
end
check.equal(t:pre("A", 8), "8 $M")
check.equal(t:pre "A", "10 $M")
check.equal(t:raised():sum(), "4 $M")
check.equal(t:waterfall("5 $M").A, "5 $M")
check.equal(t:waterfall("15 $M").A, "9 $M")

-- A listing without new money.
t = founders()
t:round { name = "A", pre = "9 $M", raise = "1 $M" }
t:ipo { at = 1, price = "2 $/share", secondary = "1 M share", sellers = { "A" } }
check.equal(t:shares "A", "0 share")
check.equal(t:shares "IPO", "1 M share")
check.equal(t:total(), "10 M share")
check.equal(t:dilution "IPO", 0)

-- --- What is asked may not be changed afterwards.

t = founders()
t:round { name = "A", at = 3, pre = "9 $M", raise = "1 $M" }
check.fails("write events in the order they happen", function()
  t:round { name = "B", at = 2, pre = "9 $M", raise = "1 $M" }
end)
check.equal(t:raised(5), "0 $M")
check.fails("has been asked about the end of 2026-05", function()
  t:round { name = "B", at = 5, pre = "9 $M", raise = "1 $M" }
end)
t:round { name = "B", at = 6, pre = "9 $M", raise = "1 $M" }
check.fails("at must be a period from 0, the opening, to 60, or its label, as in \"2030-12\", not 61",
            function() t:round { name = "C", at = 61, pre = "9 $M", raise = "1 $M" } end)
check.fails("with other terms", function()
  t:round { name = "B", at = 7, pre = "9 $M", raise = "1 $M", participating = true }
end)
check.fails("there has been an IPO already", function()
  t:ipo { at = 8, price = "2 $/share", primary = "1 M share" }
  t:ipo { at = 9, price = "2 $/share", primary = "1 M share" }
end)

-- --- Runway of series.

local burn = series("$M/mo", function(period) return (period < 6 and 1 or 2) * q "1 $M/mo" end)
check.equal(funding.runway("6 $M", burn), "5.5 mo")
check.equal(funding.runway("5 $M", burn), "5 mo")
check.always(funding.runway("1 $bn", burn):equals(math.huge))
check.equal(funding.runway("0 $M", burn), "0 mo")
check.equal(funding.runway(series("$M", "12 $M"), burn)[7], "6 mo")
check.always(funding.runway("6 $M", series("$M/mo", "-1 $M/mo")):equals(math.huge))

check.done()
