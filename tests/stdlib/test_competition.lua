-- Rivals: leads, falling prices, wars, shares of the market.
local check = require "check"

settings { samples = 2000 }
horizon { from = "2026-Q1", to = "2030-Q4" }

-- Followers ------------------------------------------------------------------------------------

-- Prices of a given quality that fall to a tenth a year: 4 months ahead is worth 2.154 times, and
-- what follows by 4 months costs 46.42 % of it; after half a year 31.62 % is left.
check.equal(competition.premium("4 mo", "90 %/yr"), 10 ^ (1 / 3) - 1)
check.equal(1 / (1 + competition.premium "4 mo"), 0.46415888336127786)
check.equal(1 / (1 + competition.premium "6 mo"), 10 ^ -0.5)
check.equal(competition.premium(0), 0)
check.equal(competition.premium("1 yr", 0), 0)
check.equal(competition.lead(8, "24 1/yr"), "4 mo")
check.equal(competition.lead(-8, "24 1/yr"), 0)
check.equal(competition.lead(0, "0 1/yr"), 0)
check.varies(competition.premium("3 to 12 mo", "80 to 95 %/yr"))

local once = competition.catch_up {
  lag = "12 mo", start = "2026-Q3", price = "2 $/Mtok", share = "40 %", share_after = "10 %",
  switching = "36 %/yr",
}
check.equal(once:lead(2), "0 mo")
check.equal(once:lead(3), "10.5 mo")
check.equal(once:lead(6), "1.5 mo")
check.equal(once:lead(7), "0 mo")
check.equal(once:price(2), "2 $/Mtok")
check.equal(once:price(3), 2 * 10 ^ 0.875 * q "1 $/Mtok")
check.equal(once:ahead():sum(), 4)
check.equal(once:share(6), 0.4)
check.equal(once:share(10), 0.1 + 0.3 * 0.64)
check.equal(competition.catch_up { lag = "1 yr", premium = "50 %" }:premium(2), 0.5)
check.equal(competition.catch_up { lag = "1 yr", premium = "50 %" }:premium(5), 0)

-- 11 % who switch a year: 89 % are left after one, from when the lead is lost.
local lost = competition.catch_up { lag = 0 }
check.equal(lost:share(4), 0.89)
check.equal(lost:share(8), 0.89 ^ 2)

-- A release each quarter stays ahead; one a year is ahead for a third of the time.
local often = competition.catch_up { lag = "4 mo", cadence = "3 mo" }
check.equal(often:lead(1), "2.5 mo")
check.equal(often:lead(17), "2.5 mo")
local yearly = competition.catch_up { lag = "4 mo", cadence = "1 yr" }
check.equal(yearly:ahead():sum(), 5)                      -- the first quarter of each year
check.equal(yearly:window(), "4 mo")
check.equal(often:window(), "3 mo")
check.always(competition.catch_up { lag = "3 to 9 mo" }:lead(1):at_least(0))

check.options(function(o)
  local c = competition.catch_up(o)
  return c:price():mean() * c:share():mean()
end, { lag = "2 yr", price = "2 $/Mtok", share = "60 %" }, {
  lag = "6 to 30 mo", start = "1 to 9 mo", cadence = "3 to 9 mo", decline = "80 to 95 %/yr",
  price = "1 to 3 $/Mtok", share = "40 to 60 %", share_after = "10 to 20 %",
  switching = "10 to 20 %/yr",
}, { price = {} })
check.options(function(o) return competition.catch_up(o):premium():mean() end, { lag = "2 yr" },
              { premium = "20 to 60 %" })
check.fails("lag is missing", function() competition.catch_up {} end)
check.fails("price is missing", function() competition.catch_up { lag = "1 yr" }:price(1) end)
check.fails("give one of them", function()
  competition.catch_up { lag = "1 yr", premium = "50 %", decline = "90 %/yr" }
end)

-- Erosion --------------------------------------------------------------------------------------

-- 10 at the start, a tenth a year later: a half is left after 3.61 months.
local tenth = competition.erosion { price = "10 $/Mtok", decline = "90 %/yr" }
check.equal(tenth[1], "10 $/Mtok")
check.equal(tenth[3], 10 ^ 0.5 * q "1 $/Mtok")
check.equal(tenth[5], "1 $/Mtok")
check.same(tenth, competition.erosion { price = "10 $/Mtok", factor = 10 })
check.same(tenth, competition.erosion { price = "10 $/Mtok",
                                        half_life = math.log(2) / math.log(10) * q "1 yr" })
-- 15 towards 3 at a speed of 2 a year, from half a year on: 15, 15, 7.4146, 3.5974.
local near = competition.erosion {
  price = "15 $", floor = "3 $", start = "6 mo", half_life = math.log(2) / 2 * q "1 yr",
  approach = true,
}
check.equal(near[2], "15 $")
check.equal(near[3], "15 $")
check.equal(near[5], (3 + 12 * math.exp(-1)) * q "1 $")
check.equal(near[9], (3 + 12 * math.exp(-3)) * q "1 $")
check.equal(competition.erosion { price = "15 $", floor = "3 $", decline = 0.9 }[9], "3 $")
check.equal(competition.erosion { price = "2 $", floor = "3 $", decline = 0.9 }[9], "2 $")
check.equal(competition.erosion { price = "2 $", decline = 0 }[9], "2 $")
check.equal(competition.erosion { price = "2 $", decline = 1 }[2], "0 $")
local varying = series("1/yr", function(t) return t <= 5 and "50 %/yr" or "0 %/yr" end)
check.equal(competition.erosion { price = "8 $", decline = varying }[20], "4 $", "0.7 $")
check.options(function(o) return competition.erosion(o):sum() end,
              { price = "10 $", decline = "50 %/yr" },
              { price = "5 to 15 $", decline = "40 to 60 %/yr", floor = "2 to 4 $",
                start = "0.5 to 2 yr" }, { price = {} })
check.options(function(o) return competition.erosion(o):sum() end,
              { price = "10 $", factor = 3 }, { factor = "2 to 5" })
check.fails("it takes one of decline", function() competition.erosion { price = "1 $" } end)
check.fails("floor must be money", function()
  competition.erosion { price = "1 $", decline = 0.5, floor = "1 GW" }
end)

-- Wars -----------------------------------------------------------------------------------------

local war = competition.price_war {
  name = "first", price = "10 $/Mtok", cost = "7 $/Mtok", depth = "50 %", start = "2027",
  duration = "1 yr", elasticity = 1.5,
}
check.equal(war:price(4), "10 $/Mtok")
check.equal(war:price(5), "7 $/Mtok")
check.equal(war:price(9), "10 $/Mtok")
check.equal(war:volume(5), 0.7 ^ -1.5)
check.equal(war:revenue_factor(5), 0.7 ^ -0.5)
check.equal(war:margin(5), 0)
check.equal(war:margin(1), 0.3)
check.equal(competition.price_war { price = "10 $", depth = 0.2, name = "at once" }:price(1), "8 $")
check.equal(competition.price_war { price = "5 $", cost = "6 $", depth = 0.2 }:price(1), "5 $")
local number = 0
local function averaged(o)
  number = number + 1
  o.name = "war " .. number
  return competition.price_war(o):price():mean() * "1 1/$"
       + competition.price_war { price = o.price, depth = 0.5, elasticity = o.elasticity,
                                 name = o.name .. " too" }:volume(1)
end
check.options(averaged, { price = "10 $", depth = "30 %", start = "2 yr", duration = "1 yr" }, {
  price = "8 to 12 $", depth = "20 to 40 %", cost = "7.1 to 8 $", start = "1 to 3 yr",
  chance = "20 to 40 %", onset = "1 to 6 mo", duration = "1 to 2 yr", recovery = "1 to 2 yr",
  elasticity = "1 to 2",
}, { price = {} })
check.options(averaged, { price = "10 $", depth = "30 %" },
              { rate = "20 to 40 %/yr" })
-- A price of 0, in peace or in the war, known or not, leaves a figure: 0 of what is free.
for number, free in ipairs { "0 $", max(0, q "uniform(-1, 1) $") } do
  for number_too, depth in ipairs { "50 %", "100 %" } do
    local given = competition.price_war { price = free, depth = depth, elasticity = 1.5,
                                          name = "free " .. number .. number_too }
    for _, x in ipairs { given:volume(1), given:revenue_factor(1), given:margin(1) } do
      check.always(x:equals(0) | given:price(1):above(0))
      check.is_true(summary(x).mean == summary(x).mean, "is a number")
    end
  end
end
check.fails("depth is missing", function() competition.price_war { price = "1 $" } end)

-- Shares ---------------------------------------------------------------------------------------

-- Two goods and an outside: 0.25950 and 0.70538; the elasticity of the first -1.4810.
local two = competition.shares {
  { name = "a", quality = "2 $", price = "1 $" }, { name = "b", quality = "2 $", price = "0.5 $" },
  spread = "0.5 $", outside = 0,
}
local sum = math.exp(2) + math.exp(3) + 1
check.equal(two:share "a", math.exp(2) / sum)
check.equal(two:share "b", math.exp(3) / sum)
check.equal(two:share "a", "25.95 %", "0.001 %")
check.equal(two:elasticity "a", -1.4810, 1e-4)

-- Closed against open: quality ahead by 4, price by 3; then by 1; then with customers who would
-- have to switch.
local function closed(quality, options)
  return competition.shares {
    { name = "closed", quality = quality, price = "3 $", share = options.share or 0 },
    { name = "open", quality = "0 $", price = "0 $" }, spread = "1 $",
    switching_cost = options.cost or 0, reconsider = options.reconsider,
  }
end
check.equal(closed("4 $", {}):share "closed", 1 / (1 + math.exp(-1)))
check.equal(closed("1 $", {}):share "closed", 1 / (1 + math.exp(2)))
check.equal(closed("1 $", { share = 1, cost = "1.5 $" }):share "closed", 1 / (1 + math.exp(0.5)))
-- Customers who reconsider at a hazard of 1 a year: 73.11 % towards 11.92 % is 34.43 % by then.
local slow = closed("1 $", { share = 0.7310585786300049, reconsider = 1 - math.exp(-1) })
check.equal(slow:share("closed", 4), 0.3443, "0.01 %")
check.equal(slow:share "closed"[4], slow:share("closed", 4))

-- Whatever is uncertain: shares add up to 1, a price above another's loses share, elasticity is
-- the slope.
local u = assume { price = "5 to 15 $/Mtok", better = "0 to 10 $/Mtok", taste = "1 to 5 $/Mtok",
                   leave = "1 to 4 $/Mtok", mine = "10 to 60 %" }
local function rivals(price, options)
  return competition.shares {
    { name = "we", price = price, quality = u.better, share = u.mine },
    { name = "they", price = "8 $/Mtok", share = 0.3 }, { name = "open", price = "1 $/Mtok" },
    spread = u.taste, switching_cost = u.leave, reconsider = options,
  }
end
for _, reconsider in ipairs { "none", "30 to 60 %/yr" } do
  if reconsider == "none" then reconsider = nil end
  local s = rivals(u.price, reconsider)
  for t = 1, 20, 9 do
    local total = s:share("we", t) + s:share("they", t) + s:share("open", t)
    -- Who is with nobody at the beginning is nobody's until they reconsider.
    if reconsider then check.always(total:at_most(1 + 1e-12)) else check.same(total, 1) end
    check.always(s:share("we", t):at_least(0))
  end
end
local step = 1e-6
local base, up = rivals(u.price), rivals(u.price * (1 + step))
check.same(base:elasticity "we", (up:share "we" / base:share "we" - 1) / step, 1e-3)
check.always(base:share("we"):at_least(up:share "we"))
check.same(rivals(u.price):share "we", rivals(u.price):share("we", 3))

-- Without a unit the sensitivity is an elasticity: a share goes with price ^ -2.
local relative = competition.shares {
  { name = "a", price = "10 $" }, { name = "b", price = "5 $" }, sensitivity = 2,
}
check.equal(relative:share "a", 0.2)
check.equal(relative:elasticity "a", -1.6)
-- Beside an outside a price counts whoever's it is: at half of it four times as many choose it.
local function with_outside(price)
  return competition.shares { { name = "a", price = price }, { name = "b", price = "2 $" },
                              sensitivity = 2, outside = 0 }
end
check.equal(with_outside "2 $":share "a", 1 / (1 + 1 + 4))
check.equal(with_outside "1 $":share "a", 1 / (1 + 0.25 + 1))
-- Of a price of 0 there is no percent; where it is uncertain, who is free takes all.
for _, first in ipairs { "open", "closed" } do
  local open = { name = "open", price = "0 $/Mtok" }
  local closed = { name = "closed", price = "3 $/Mtok" }
  local rows = first == "open" and { open, closed } or { closed, open }
  rows.sensitivity = 2
  check.fails('spread = "2 $/Mtok"', function() competition.shares(rows) end)
  open.price = max(0, q "uniform(-1, 1) $/Mtok")
  local may_be_free = competition.shares(rows)
  check.same(may_be_free:share "open" + may_be_free:share "closed", 1)
  check.always(may_be_free:share "open":equals(1) | open.price:above(0))
  check.varies(may_be_free:share "closed")
  check.varies(may_be_free:elasticity "closed")
end
-- Who is with one whom nobody chooses, at any cost, is served by somebody all the same.
local left = competition.shares {
  { name = "old", quality = "0 $", price = "1 $", share = "100 %" },
  { name = "new", quality = "1000 $", price = "1 $" }, spread = "1 $", switching_cost = "2000 $",
}
check.equal(left:share "old" + left:share "new", 1)
check.equal(left:elasticity("old"), 0)
-- Prices without a unit, qualities as utility, nobody's names.
check.equal(competition.shares { { price = 1, quality = 3 }, { price = 2, quality = 3 },
                                 sensitivity = 0.5 }:share "1", 1 / (1 + math.exp(-0.5)))
check.equal(competition.shares { { price = "1 $", quality = 1 }, { price = "1 $", quality = 0 },
                                 sensitivity = "0.5 1/$" }:share "1", 1 / (1 + math.exp(-1)))
-- Qualities far apart do not overflow.
check.equal(competition.shares { { price = "0 $", quality = 2000 }, { price = "0 $" },
                                 sensitivity = "1 1/$" }:share "1", 1)
-- Over periods: a series of prices.
local falling = competition.shares {
  { name = "we", price = competition.erosion { price = "4 $", decline = "50 %/yr" } },
  { name = "they", price = "2 $" }, spread = "1 $", market = "100 1/yr",
}
check.equal(falling:share("we")[5], 0.5)
check.equal(falling:share("we", 5), 0.5)
check.equal(falling:revenue("we", 5), "100 $/yr")
check.equal(falling:revenue "we"[5], "100 $/yr")
check.equal(falling:profit("we", 5), "100 $/yr")

check.options(function(o)
  return competition.shares {
    { name = "we", price = o.price, quality = o.quality, cost = o.cost, share = o.share },
    { name = "they", price = "8 $" }, spread = o.spread, switching_cost = o.switching_cost,
    outside = o.outside, reconsider = o.reconsider, market = o.market,
  }:profit("we", 5)
end, { price = "10 $", quality = "5 $", share = "50 %", spread = "3 $", switching_cost = "2 $",
       market = "100 1/yr" }, {
  price = "8 to 12 $", quality = "4 to 6 $", cost = "1 to 2 $", share = "30 to 60 %",
  spread = "1 to 5 $", switching_cost = "1 to 4 $", outside = "-5 to 0 $",
  reconsider = "10 to 30 %/yr", market = "50 to 150 1/yr",
}, { market = {} })
check.fails("two or more", function() competition.shares { { price = "1 $" } } end)
check.fails("sensitivity is missing", function()
  competition.shares { { price = "1 $" }, { price = "2 $" } }
end)
check.fails("spread must be above 0", function()
  competition.shares { { price = "1 $" }, { price = "2 $" }, spread = "0 $" }
end)
check.fails("sensitivity must be a number, or per price", function()
  competition.shares { { price = "1 $" }, { price = "2 $" }, sensitivity = "1 GW" }
end)
check.fails('nobody is named "c"', function() two:share "c" end)
check.fails('two of the name "a"', function()
  competition.shares { { name = "a", price = 1 }, { name = "a", price = 1 }, sensitivity = 1 }
end)
check.fails("add up to 120 %, more than 100 %", function()
  competition.shares { { price = 1, share = 0.6 }, { price = 1, share = 0.6 }, sensitivity = 1 }
end)
check.fails("market is missing", function() two:revenue "a" end)

-- Equilibrium ----------------------------------------------------------------------------------

-- Calvano et al. (2020): quality 2, cost 1, spread 0.25, outside 0; another with a spread of 0.4.
for spread, price in pairs { ["0.25 $"] = 1.47293, ["0.4 $"] = 1.6767 } do
  local duopoly = competition.shares {
    { name = "a", quality = "2 $", price = "9 $", cost = "1 $" },
    { name = "b", quality = "2 $", price = "0 $", cost = "1 $" }, spread = spread, outside = 0,
  }
  check.equal(duopoly:equilibrium_price "a" / "1 $", price, 1e-4)
  check.same(duopoly:equilibrium_price "a", duopoly:equilibrium_price("b", 3))
end

-- price - cost = spread/(1 - share) at the shares of those prices, whatever is uncertain.
local e = assume("equilibrium", { spread = "0.1 to 2 $", outside = "0 to 3 $", cost = "0.1 to 2 $",
                                  q1 = "0 to 5 $", q2 = "0 to 5 $", q3 = "0 to 5 $" })
local function rows_at(count, outside, prices)
  local options = { spread = e.spread, outside = outside }
  for i = 1, count do
    options[i] = { name = "r" .. i, price = prices and prices[i] or "1 $",
                   quality = i <= 3 and e["q" .. i] or "2 $", cost = i == 1 and e.cost or "0.5 $" }
  end
  return competition.shares(options)
end
for count = 2, 5 do
  for _, outside in ipairs { "none", e.outside } do
    if outside == "none" then outside = nil end
    local asked, prices = rows_at(count, outside), {}
    for i = 1, count do prices[i] = asked:equilibrium_price("r" .. i) end
    local there = rows_at(count, outside, prices)
    for i = 1, count do
      local margin = prices[i] - (i == 1 and e.cost or "0.5 $")
      check.same(margin * (1 - there:share("r" .. i)), e.spread)
    end
  end
end
-- Far apart: 1 = (x - 1) e^(x - a - 1) of who is ahead by a, and one who has no customers asks 1.
local apart = competition.shares { { name = "a", quality = "2000 $", price = "1 $" },
                                   { name = "b", quality = "0 $", price = "1 $" }, spread = "1 $" }
local ahead = apart:equilibrium_price "a" / "1 $"
check.equal(ahead - 1 + log(ahead - 1), 2000 - 1 + apart:equilibrium_price "b" / "1 $")
check.equal(apart:equilibrium_price "b", "1 $", "0.001 $")
check.fails("sensitivity must be per price", function() relative:equilibrium_price "a" end)

-- The volume that a change of price must bring --------------------------------------------------

-- 2.50 with a cost of 1: a cut of 0.50 needs half as much more, a rise may lose a quarter.
check.equal(competition.break_even_volume(-0.2, 0.6), 0.5)
check.equal(competition.break_even_volume("20 %", "60 %"), -0.25)
check.equal(competition.break_even_volume(0.1, 0.42), -0.1923, "0.01 %")
check.equal(competition.break_even_volume(0.1, 0.25), -0.2857, "0.01 %")
check.equal(competition.break_even_volume(0.1, 0.5), -0.1667, "0.01 %")
check.equal(competition.break_even_volume(0, 0), 0)
check.is_true(tostring(competition.break_even_volume(-0.5, 0.5)) == "inf", "no volume is enough")
check.is_true(tostring(competition.break_even_volume("-20 %", "60 %")) == "50 %", "in per cent")

-- Shown as what a script wrote: plain, but for shares that are given in per cent. ---------------

local equal_ones = { { name = "a", price = "3 $" }, { name = "b", price = "3 $" }, spread = "1 $" }
check.is_true(tostring(competition.shares(equal_ones):share "a") == "0.5", "a plain share")
equal_ones[1].share = "50 %"
check.is_true(tostring(competition.shares(equal_ones):share "a") == "50 %", "a share in per cent")
for _, row in ipairs { { "40 %", "40 %" }, { 0.4, "0.4" } } do
  local c = competition.catch_up { lag = "3 yr", share = row[1], premium = row[1] }
  check.is_true(tostring(c:share(1)) == row[2] and tostring(c:premium(1)) == row[2], row[2])
end
check.is_true(tostring(competition.premium("12 mo", "90 %/yr")) == "9", "a plain premium")

-- Other names of the options of a war.
local named = competition.price_war { price = "10 $", cut = "40 %", at = 3, cost = "3 $" }
check.equal(named:price(2), "10 $")
check.equal(named:price(3), "6 $")
check.is_true(tostring(named:margin(3)) == "0.5", "a plain margin")
check.fails("depth is missing", function() competition.price_war { price = "10 $" } end)
check.fails("give depth or cut", function()
  competition.price_war { price = "10 $", depth = 0.1, cut = 0.1 }
end)
check.fails("give start or at", function()
  competition.price_war { price = "10 $", depth = 0.1, start = 1, at = 1 }
end)
check.done()
