-- Menus: verified cases of vertical differentiation, the closed forms of the theory, uncertain
-- prices, qualities and spreads against customers drawn one by one, what is refused.
local check = require "check"

local function menu(value, plans)
  local o = { value = value }
  for k, p in ipairs(plans) do
    o[k] = { name = p[1], price = p[2] * q "1 $/mo", quality = p[3],
             cost = (p[4] or 0) * q "1 $/mo" }
  end
  return pricing.menu(o)
end

-- --- Cases, each checked against a Monte Carlo of customers: shares, then that of none; revenue
-- per customer and per payer; margin.

local A = { { "basic", .2, 1, .05 }, { "pro", .8, 2, .2 } }
local B = { { "lite", 10, 1, 2 }, { "plus", 25, 2, 6 }, { "max", 60, 3, 20 } }
local C = { { "lite", 10, 1, 2 }, { "mid", 40, 2, 6 }, { "max", 50, 3, 20 } }
local D = { { "free", 0, 1, .5 }, { "pro", 20, 3, 6 } }
local E = { { "a", 10, 1 }, { "b", 30, 2 }, { "c", 30, 2 }, { "d", 35, 2 } }
local F = { { "lite", 30, 1, 2 }, { "max", 50, 2, 20 } }
local cases = {
  { "uniform(0, 1) $/mo", A, { .4, .4, .2 }, .4, .5, .75 },
  { "exponential(0.5) $/mo", A, { .369126, .301194, .329680 }, .314781, .469597, .75 },
  { "uniform(0, 50) $/mo", B, { .1, .4, .3, .2 }, 29, 36.25, .703448 },
  { "10 to 100 $/mo", B, { .093310, .414323, .442367, .05 }, 37.833189, 39.824409, .695508 },
  { "uniform(0, 50) $/mo", C, { .2, 0, .6, .2 }, 32, 40, .6125 },
  { "uniform(0, 40) $/mo", D, { .25, .75, 0 }, 15, 20, .691667 },
  { dist.lognormal(math.log(8), .8, "$/mo"), D, { .609851, .390149, 0 }, 7.802990, 20, .660922 },
  { "uniform(0, 50) $/mo", E, { .2, .6, 0, 0, .2 }, 20, 25, 1 },
  { "uniform(0, 50) $/mo", F, { 0, .5, .5 }, 25, 50, .6 },
}
for _, case in ipairs(cases) do
  local value, plans, shares, arpu, arppu, margin = table.unpack(case)
  local m = menu(value, plans)
  for k, plan in ipairs(plans) do check.equal(m:share(plan[1]), shares[k], 5.1e-7) end
  check.equal(m:share "none", shares[#shares], 5.1e-7)
  check.equal(m:share(), 1 - q(shares[#shares]), 5.1e-7)
  check.equal(m:arpu(), arpu * q "1 $/mo", "0.000001 $/mo")
  check.equal(m:arppu(), arppu * q "1 $/mo", "0.000001 $/mo")
  check.equal(m:gross_margin(), margin, 5.1e-7)
end

local b = menu("uniform(0, 50) $/mo", B)
check.equal(b:revenue(1000), "29000 $/mo")
check.equal(b:gross_profit(1000), "20400 $/mo")
check.equal(b:profit "1000 user", "20400 $/mo")
check.equal(b:cost(1000), "8600 $/mo")
check.equal(b:average_cost(), "8.6 $/mo")
check.equal(b:users("plus", "2 M users"), "0.8 M users")
for value, price in pairs { [5] = 0, [10] = 10, [14] = 10, [16] = 25, [40] = 60 } do
  check.equal(b:price(value * q "1 $/mo"), price * q "1 $/mo")
end

-- Shares and margins are plain numbers. Prices are too where values are: the textbook's form.
local plain = pricing.menu { value = dist.uniform(0, 1),
  { name = "basic", price = .2, quality = 1, cost = .05 },
  { name = "pro", price = .8, quality = 2, cost = .2 } }
for _, case in ipairs {
  { plain:share "basic", .4 }, { plain:share "pro", .4 }, { plain:share "none", .2 },
  { plain:share(), .8 }, { plain:arpu(), .4 }, { plain:arppu(), .5 },
  { plain:gross_margin(), .75 }, { plain:average_cost(), .1 }, { plain:revenue(1000), 400 },
  { plain:revenue "1 M users", 400000 }, { plain:cost(10), 1 }, { plain:gross_profit(10), 3 },
  { plain:price(.5), .2 }, { plain:price(.7), .8 },
} do
  local value = summary(case[1]).mean
  check.is_true(math.abs(value - case[2]) <= 1e-9 * case[2], value .. " is not " .. case[2])
end
check.equal(plain:users("pro", "2 M users"), "0.8 M users")
check.equal(pricing.menu { value = { { .5, .7 }, { 1, .3 } }, { price = .6 } }:share(), .3)
check.equal(pricing.menu { value = .5, spread = .4, { price = .5 } }:share(), .5)
check.equal(pricing.menu { value = .5, { price = 0 } }:gross_margin(), 0)
check.equal(summary(menu("uniform(0, 50) $/mo", B):gross_margin()).mean, .703448, 1e-6)
check.fails("price: a plan, at least, costs money, as in \"20 $/mo\", as value is in $/mo",
            function() pricing.menu { value = "1 to 5 $/mo", { price = 3 } } end)
check.fails("value must be in $", function() pricing.menu { value = .5, { price = "3 $" } } end)
check.fails("cost of basic must be", function()
  pricing.menu { value = dist.uniform(0, 1), { name = "basic", price = .2, cost = "0.1 $" } }
end)

-- --- The theory: the best price of one good is 1/2 on uniform values; a second one adds nothing
-- where quality is free; the best two plans of Mussa and Rosen, whose cost is q^2/2.

check.equal(menu("uniform(0, 1) $/mo", { { "one", .5, 1 } }):arpu(), "0.25 $/mo")
local stokey = menu("uniform(0, 1) $/mo", { { "low", .5, 1 }, { "high", 1, 2 } })
check.equal(stokey:share "low", 0)
check.equal(stokey:arpu(), "0.5 $/mo")
local mussa_rosen = menu("uniform(0, 1) $/mo",
                         { { "low", .24, .4, .08 }, { "high", .56, .8, .32 } })
check.equal(mussa_rosen:share "low", .2)
check.equal(mussa_rosen:share "high", .2)
check.equal(mussa_rosen:gross_profit(1), "0.08 $/mo")
-- Two kinds of customers, neither of whom minds: the first takes its plan, the second the better.
local screening = menu({ { "2 $/mo", 1 }, { "3 $/mo", 1 } },
                       { { "low", 1, .5, .25 }, { "high", 4, 1.5, 2.25 } })
check.equal(screening:share "low", .5)
check.equal(screening:share "high", .5)
check.equal(screening:gross_profit(1), "1.25 $/mo")

-- --- Units: a price per user is that of a customer; results are per user then.

local per_user = pricing.menu { value = "uniform(0, 50) $/mo",
  { name = "one", price = "25 $/user/mo", cost = "5 $/user/mo" },
  { name = "free", price = 0, quality = .01 } }
check.equal(per_user:arpu(), "12.5 $/user/mo", "0.3 $/user/mo")
check.same(per_user:revenue "1 M users", per_user:arpu() * "1 M users")
check.same(per_user:arppu(), "25 $/user/mo")
check.equal(pricing.menu { value = "uniform(0, 50) $/user/mo",
                           { price = "25 $/mo" } }:share "1", .5)
check.equal(pricing.menu { value = "uniform(0, 600) $/yr", { price = "25 $/mo" } }:share(), .5)
check.equal(pricing.menu { value = "uniform(0, 5) $/Mtok",
                           { price = "10 $/mo", quality = "4 Mtok/mo" } }:share(), .5)

-- --- Any distribution: the share that takes one plan is what lies above its price.

for _, value in ipairs {
  dist.normal("30 $/mo", "10 $/mo"), dist.lognormal(3.2, .7, "$/mo"),
  dist.uniform("5 $/mo", "60 $/mo"),
  dist.triangular("5 $/mo", "20 $/mo", "70 $/mo"), dist.pert("5 $/mo", "20 $/mo", "70 $/mo"),
  dist.gamma(2, "12 $/mo"), dist.exponential("25 $/mo"), dist.weibull(1.5, "30 $/mo"),
  dist.beta(2, 3, "$/mo") , dist.student_t(4, "$/mo"),
  dist.metalog { { .1, "10 $/mo" }, { .5, "25 $/mo" }, { .9, "60 $/mo" } },
  dist.truncate("10 to 100 $/mo", "15 $/mo", "80 $/mo"),
  dist.mixture { { "10 to 20 $/mo", .7 }, { "50 to 90 $/mo", .3 } },
  dist.empirical { "10 $/mo", "20 $/mo", "30 $/mo", "40 $/mo" }, dist.poisson(20, "$/mo"),
} do
  local price = q "1 $/mo" * summary(value).p75
  local m = pricing.menu { value = value, { name = "one", price = price } }
  check.equal(m:share(), chance(value:at_least(price)), .015)
  check.equal(m:share() + m:share "none", 1)
end

-- --- Uncertain prices, qualities and parameters. A thousand customers, at equal steps of their
-- distribution, choose one by one; half a customer is what they can be off at each of two cut-offs.

local a = assume {
  p1 = "8 to 12 $/mo", p2 = "20 to 40 $/mo", p3 = "40 to 80 $/mo", q2 = "1.5 to 2.5 1",
  q3 = "2 to 4 1", low = "0 to 10 $/mo", high = "40 to 60 $/mo", mean = "20 to 40 $/mo",
  sd = "5 to 15 $/mo", median = "15 to 40 $/mo", sigma = "0.4 to 0.9 1",
}
local function uncertain(value, spread)
  return pricing.menu { value = value, spread = spread,
    { name = "lite", price = a.p1, quality = 1, cost = "2 $/mo" },
    { name = "plus", price = a.p2, quality = a.q2, cost = "6 $/mo" },
    { name = "max", price = a.p3, quality = a.q3, cost = "20 $/mo" } }
end
settings { samples = 500 }
local customers = 200
local function chosen(value_of)
  local taken = { 0, 0, 0 }
  for i = 1, customers do
    local v = value_of((i - .5) / customers)
    local gain = { v - a.p1, v * a.q2 - a.p2, v * a.q3 - a.p3 }
    local best = max(gain[1], gain[2], gain[3], 0)
    for k = 1, 3 do
      taken[k] = taken[k] + (gain[k]:at_least(best) & gain[k]:above(0)) / customers
    end
  end
  return taken
end
local function z(p) -- the standard normal's quantile, by bisection of the menu's own share
  local low, high = -6.0, 6.0
  for _ = 1, 40 do
    local middle = (low + high) / 2
    local above = pricing.menu { value = dist.normal("10 $", "1 $"),
                                 { price = (10 + middle) * q "1 $" } }:share()
    if above > q(1 - p) then low = middle else high = middle end
  end
  return low
end
local score = {}
for i = 1, customers // 2 do
  score[i] = z((i - .5) / customers)
  score[customers + 1 - i] = -score[i]
end
local function normal_of(p) return score[math.floor(p * customers + 1)] end
for _, case in ipairs {
  { uncertain(dist.uniform(a.low, a.high)), function(p) return a.low + (a.high - a.low) * p end },
  { uncertain(dist.normal(a.mean, a.sd)), function(p) return a.mean + a.sd * normal_of(p) end },
  { uncertain(a.median, a.sigma), function(p) return a.median * exp(a.sigma * normal_of(p)) end },
  { uncertain(dist.exponential(a.mean)), function(p) return a.mean * -log(1 - p) end },
} do
  local m, taken = case[1], chosen(case[2])
  for k, name in ipairs { "lite", "plus", "max" } do
    check.always(abs(m:share(name) - taken[k]):at_most(1.01 / customers))
  end
  check.varies(m:share "plus")
  check.same(m:share "lite" + m:share "plus" + m:share "max", m:share())
  check.same(m:arpu(), m:share "lite" * a.p1 + m:share "plus" * a.p2 + m:share "max" * a.p3)
  check.same(m:gross_margin() * m:revenue(10), m:gross_profit(10))
  check.always(m:arppu():at_least(m:arpu()))
end

-- A dearer plan has no more customers, and the others no fewer.
local dearer = pricing.menu { value = dist.uniform(a.low, a.high),
  { name = "lite", price = a.p1 }, { name = "plus", price = a.p2 * 1.1, quality = a.q2 },
  { name = "max", price = a.p3, quality = a.q3 } }
local before = uncertain(dist.uniform(a.low, a.high))
check.always(dearer:share "plus":at_most(before:share "plus"))
check.always(dearer:share "lite":at_least(before:share "lite" - 1e-9))
check.always(dearer:share "none":at_least(before:share "none" - 1e-9))

-- The order of the plans does not matter.
local turned = pricing.menu { value = dist.uniform(a.low, a.high),
  { name = "max", price = a.p3, quality = a.q3 }, { name = "lite", price = a.p1 },
  { name = "plus", price = a.p2, quality = a.q2 } }
check.same(turned:share "plus", before:share "plus")

-- --- Other populations: segments, spread ones and uncertain ones; customers who are all alike.

local segments = pricing.menu { value = { { "10 $/mo", .7 }, { "uniform(0, 100) $/mo", .3 } },
                                { price = "20 $/mo" } }
check.equal(segments:share(), .3 * .8)
check.equal(pricing.menu { value = { { value = "10 $/mo", weight = 3 }, { "30 $/mo", 1 } },
                           { price = "20 $/mo" } }:share(), .25)
check.varies(pricing.menu { value = { { "10 $/mo", a.sigma }, { a.mean, 1 } },
                            { price = "20 $/mo" } }:share())
check.equal(pricing.menu { value = "30 $/mo", { price = "20 $/mo" } }:share(), 1)
check.equal(pricing.menu { value = "30 $/mo", { price = "40 $/mo" } }:share(), 0)
check.equal(pricing.menu { value = "30 $/mo", { price = "40 $/mo" } }:gross_margin(), 0)
check.equal(pricing.menu { value = "30 $/mo", { price = "40 $/mo" } }:arppu(), "0 $/mo")
-- One number in each sample: all or none of the customers, and the same mean.
local same = pricing.menu { value = { { a.mean, 1 } }, { price = "30 $/mo" } }
check.same(same:share(), a.mean:at_least "30 $/mo")
-- A plan that is not offered has an infinite price; one of no quality is taken if it costs nothing.
check.equal(pricing.menu { value = "uniform(0, 50) $/mo", { price = "10 $/mo" },
                           { price = math.huge, quality = 9 } }:share "1", .8)
local nothing = pricing.menu { value = "uniform(0, 50) $/mo",
  { name = "nothing", price = 0, quality = 0 }, { name = "one", price = "10 $/mo" } }
check.equal(nothing:share "nothing", .2)
check.equal(nothing:share "none", 0)

-- --- Over periods, and built before the prices of later periods are known.

horizon { from = "2026-01", periods = 3 }
local price = series "$/mo"
local later = pricing.menu { value = "uniform(0, 50) $/mo", { name = "one", price = price } }
for t in periods() do
  price[t] = t == 1 and q "10 $/mo" or price[t - 1] + later:arpu(t - 1) / 8
  check.equal(later:share("one", t), 1 - price[t] / "50 $/mo")
end
check.equal(later:share "one"[2], later:share("one", 2))
check.equal(later:revenue(grow("1000 user", 0))[2], later:revenue("1000 user", 2))

check.options(function(o)
  return pricing.menu { value = o.value, spread = o.spread,
    { name = "one", price = o.price, quality = o.quality, cost = o.cost },
    { name = "two", price = "90 $/mo", quality = 3, cost = "20 $/mo" } }:gross_profit(o.users)
end, { value = "30 $/mo", spread = .6, price = "20 $/mo", quality = 1, cost = "5 $/mo",
       users = 100 },
     { value = "20 to 40 $/mo", spread = "0.4 to 0.8 1", price = "15 to 25 $/mo",
       quality = "0.8 to 1.2 1", cost = "4 to 6 $/mo", users = "80 to 120 1" },
     { users = "7 GW of users" })

local sweep = pricing.menu { value = "uniform(0, 50) $/mo",
                             { name = "one", price = "20 $/mo", cost = "5 $/mo" } }
for _, name in ipairs { "revenue", "cost", "gross_profit", "profit" } do
  check.options(function(o) return sweep[name](sweep, o.users) end, {},
                { users = "80 to 120 user" })
end
check.varies(sweep:users("one", "80 to 120 user"))
check.varies(sweep:price(q "10 to 40 $/mo"))
check.fails("value must be in $/", function() sweep:price "5 GW" end)
check.fails("users must be a number of customers", function() sweep:users("one", "5 GW") end)
check.equal(sweep:revenue(0), "0 $/mo")
-- Weights may all be 0 in a sample: nobody is there to stay away.
check.varies(pricing.menu { value = { { "40 $/mo", max(0, q "uniform(-1, 1) 1") },
                                      { "10 $/mo", max(0, q "uniform(-1, 1) 1") } },
                            { price = "20 $/mo" } }:share())

-- --- What is refused.

local function refuses(text, o) check.fails(text, function() pricing.menu(o) end) end
refuses("there are no plans", { value = "5 $" })
refuses("value is missing", { { price = "5 $" } })
refuses("value must be in $", { value = "1 to 5 GW", { price = "5 $" } })
refuses("price of two must be money", { value = "1 to 5 $", { price = "5 $" },
                                        { name = "two", price = "5 GW" } })
refuses("price of two must be money", { value = "1 to 5 $", { price = "5 $" },
                                        { name = "two", price = "5 $/mo" } })
refuses("quality of two must be", { value = "1 to 5 $", { price = "5 $" },
                                    { name = "two", price = "5 $", quality = "5 GW" } })
refuses("quality of row 1 must be 0 or more", { value = "1 to 5 $",
                                                { price = "5 $", quality = -1 } })
refuses("the name \"one\" of plan 2 is taken", { value = "1 to 5 $",
  { name = "one", price = "5 $" }, { name = "one", price = "6 $" } })
refuses("the name \"none\"", { value = "1 to 5 $", { name = "none", price = "5 $" } })
refuses("price: a plan, at least, costs money", { value = "1 to 5 $", { price = 0 } })
refuses("segment 1 of value lacks its weight", { value = { { "5 $" } }, { price = "5 $" } })
refuses("value has no customers", { value = { { "5 $", 0 }, { "7 $", 0 } }, { price = "5 $" } })
refuses("value has no segments", { value = {}, { price = "5 $" } })
refuses("spread is around one value", { value = { { "5 $", 1 } }, spread = 1, { price = "5 $" } })
check.fails("there is no plan \"pro\"", function() b:share "pro" end)
check.fails("users must be a number of customers", function() b:revenue "5 GW" end)
check.done()
