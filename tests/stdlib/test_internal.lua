-- Ventures: what an edge is worth to its holders, period by period.
local check = require "check"

settings { samples = 2000 }
horizon { from = "2026-Q1", to = "2029-Q4" }

-- The table of values with n holders ----------------------------------------------------------

local table_of = {
  { 1, 1, 1, 1, 1 },
  { 2, 0.5, 0.942809041582063, 8 / 9, 0.707106781186548 },
  { 3, 1 / 3, 0.866025403784439, 0.75, 0.577350269189626 },
  { 4, 0.25, 0.8, 0.64, 0.5 },
  { 5, 0.2, 0.745355992499930, 5 / 9, 0.447213595499958 },
  { 10, 0.1, 0.574959574576070, 40 / 121, 0.316227766016838 },
}
for _, row in ipairs(table_of) do
  for i, decay in ipairs { "inverse", "kyle", "cournot", 0.5 } do
    check.equal(internal.total(row[1], decay), row[i + 1])
    check.equal(internal.value(row[1], decay), row[i + 1] / row[1])
  end
end
check.equal(internal.value(2, 0), 0.5)                     -- a plain split
check.equal(internal.value(2, "0"), 0.5)
check.equal(internal.value(3, 1), internal.value(3))       -- the exponent 1 is inverse
check.equal(internal.value(2.5, "inverse"), 0.16)          -- between whole numbers
check.equal(internal.value(0.5), 1)                        -- one holder at least
check.equal(internal.value(math.huge), 0)
check.varies(internal.value("2 to 5", "0.5 to 1"))
check.fails('decay must be "inverse", "kyle", "cournot" or an exponent', function()
  internal.value(2, "invers")
end)
check.fails("decay must be a number without a unit", function() internal.value(2, "3 $") end)

-- Holders over time ---------------------------------------------------------------------------

-- Ten in all, the first after 6 months, the last two years later: at 1, 1.5, 2.5 years and so on.
local function ten(options)
  options.pool, options.edge = "200 $bn/yr", "25 %"
  options.firms, options.catch_up = 10, "6 mo"
  options.adopters, options.timing = "4.5 1/yr", "end"
  return internal.venture(options)
end
local v = ten {}
for _, row in ipairs { { 1, 1 }, { 2, 1 }, { 4, 3.25 }, { 6, 5.5 }, { 10, 10 }, { 16, 10 } } do
  check.equal(v:holders(row[1]), row[2])
end
check.equal(v:revenue(4), 50 / 3.25 ^ 2 * q "1 $bn/yr")     -- 4.734
check.equal(v:revenue(4), "4.733727810650888 $bn/yr")
check.equal(ten({ decay = "kyle" }):revenue(4), "13.0523 $bn/yr", "0.001 $bn/yr")

-- What stands for a period: its start, middle or end.
local function holders_in(timing)
  return internal.venture { pool = "1 $/yr", adopters = "4 1/yr", catch_up = 0, timing = timing }
    :holders(2)
end
check.equal(holders_in "start", 2)
check.equal(holders_in "mid", 2.5)
check.equal(holders_in "end", 3)

-- All at once, without a limit, with a rate that varies; without any lag said; never.
local function holders(options, t)
  options.pool = "1 $/yr"
  return internal.venture(options):holders(t)
end
check.equal(holders({ firms = 4, catch_up = "1 yr" }, 4), 1)
check.equal(holders({ firms = 4, catch_up = "1 yr" }, 5), 4)
check.equal(holders({ adopters = "8 1/yr", catch_up = "1 yr" }, 16), 1 + 8 * 2.875)
check.equal(holders({ catch_up = "1 yr" }, 16), 2)
check.equal(holders({ firms = 1, catch_up = "1 yr" }, 16), 1)
check.equal(holders({}, 16), 1)
check.equal(holders({ firms = 1, adopters = "8 1/yr", catch_up = "1 yr" }, 16), 1 + 8 * 2.875)
check.equal(holders({ firms = assume("few", "1"), adopters = "8 1/yr", catch_up = "1 yr" }, 16),
            1 + 8 * 2.875)
check.equal(holders({ firms = 5, adopters = "0 1/yr", catch_up = 0 }, 16), 1)
-- Firms alone hold it from the first period on.
check.equal(holders({ firms = 3 }, 1), 3)
check.equal(holders({ firms = 3 }, 16), 3)
check.equal(internal.venture { pool = "1 $/yr", firms = 4, decay = "kyle" }:value(), { 0.2, 0.2 })
-- A number of adopters follows those who hold it, all at once.
check.equal(holders({ firms = 1, adopters = 9, catch_up = "12 mo" }, 4), 1)
check.equal(holders({ firms = 1, adopters = 9, catch_up = "12 mo" }, 5), 10)
check.equal(holders({ firms = 1, adopters = 9, catch_up = "12 mo" }, 16), 10)
check.equal(holders({ firms = 3, adopters = "9", catch_up = "12 mo" }, 4), 3)
check.equal(holders({ firms = 3, adopters = "9", catch_up = "12 mo" }, 5), 12)
check.equal(holders({ adopters = 8 }, 3), 1)               -- 9 months
check.equal(holders({ adopters = 8 }, 4), 9)
check.equal(holders({ adopters = series("1", function(t) return t end), catch_up = 0 }, 6), 7)
check.varies(holders({ adopters = "2 to 9", catch_up = 0 }, 6))
check.varies(holders({ firms = "2 to 9" }, 6))
local constant = { adopters = series("1/yr", "3 1/yr"), catch_up = "5 to 14 mo", firms = "4 to 6" }
local a = assume("joining", { lag = constant.catch_up, most = constant.firms })
for t = 1, 16, 5 do
  check.same(holders({ adopters = constant.adopters, catch_up = a.lag, firms = a.most }, t),
             holders({ adopters = "3 1/yr", catch_up = a.lag, firms = a.most }, t))
end
local rising = series("1/yr", function(t) return t <= 4 and "0 1/yr" or "2 1/yr" end)
check.equal(holders({ adopters = rising, catch_up = 0 }, 4), 1)
check.equal(holders({ adopters = rising, catch_up = 0 }, 8), 1 + 2 * 0.875)

-- Revenue, costs, profit ----------------------------------------------------------------------

-- The essay: 7.5 % of an industry of 200 pays for 1 GW at 15; that is 30 % of the largest firm.
local one = internal.venture { pool = "200 $bn/yr", edge = "7.5 %", compute = "1 GW",
                               compute_price = "15 $bn/GW/yr" }
check.equal(one:profit(1), "0 $bn/yr")
check.equal(one:compute(1), "1 GW")
check.equal(internal.trading { edge = "30 %" }:cost(1) / "50 $bn/yr", 0.3)
check.equal(internal.trading {}:revenue(1), "50 $bn/yr")

local full = internal.venture {
  pool = grow("100 $bn/yr", "10 %/yr"), edge = "20 %", start = "2026-Q3", delay = "6 mo",
  ramp = "1 yr", margin = "60 %", cost = "1 $bn/yr", compute = "0.1 GW", capital = "20 $bn",
  hurdle = "5 %/yr", half_life = "2 yr",
}
check.equal(full:profit(2), "0 $bn/yr")
check.equal(full:profit(3), "-3.5 $bn/yr")                 -- costs from the start on
check.equal(full:revenue(4), "0 $bn/yr")
check.equal(full:revenue(5), 100 * 1.1 * 0.2 * 0.125 * 0.5 ^ (0.125 / 2) * q "1 $bn/yr")
check.equal(full:revenue(12), 100 * 1.1 ^ 2.75 * 0.2 * 0.5 ^ (1.875 / 2) * q "1 $bn/yr")
check.equal(full:profit(12), full:revenue(12) * 0.6 - "3.5 $bn/yr")
check.equal(full:compute(2), "0 GW")

-- A date, a time and the number of a period say the same.
for _, start in ipairs { "2026-Q3", "2026-07", "6 mo", 3 } do
  local begun = internal.venture { pool = "10 $bn/yr", start = start }
  check.equal(begun:revenue(2), "0 $bn/yr")
  check.equal(begun:revenue(3), "10 $bn/yr")
end
check.equal(internal.venture { pool = "10 $bn/yr", start = "-1 yr", ramp = "2 yr" }:revenue(1),
            "5.625 $bn/yr")

-- Success: one draw by its name, costs end where it failed.
local risky = internal.venture { pool = "10 $bn/yr", name = "risky", success = "30 %",
                                 delay = "1 yr", cost = "1 $bn/yr" }
check.equal(summary(risky:revenue(5)).mean, 3, 0.4)
check.equal(risky:profit(4), "-1 $bn/yr")
check.always(risky:profit(5):equals(0) | risky:profit(5):equals "9 $bn/yr")
check.same(risky:revenue(5), risky:revenue(16))
check.equal(internal.venture { pool = "10 $bn/yr", success = 0 }:revenue(5), 0)

-- The identity that scripts will use, for uncertain options.
local u = assume {
  pool = "150 to 250 $bn/yr", edge = "10 to 30 %", firms = "5 to 9", lag = "6 to 12 mo",
  adopters = "1 to 4 1/yr", k = "0.2 to 1.5",
}
local w = internal.venture { pool = u.pool, edge = u.edge, firms = u.firms, catch_up = u.lag,
                             adopters = u.adopters, decay = u.k }
for t = 1, 16, 3 do
  check.same(w:revenue(t), u.pool * u.edge * w:value(w:holders(t)))
  check.always(w:holders(t):at_least(1) & w:holders(t):at_most(u.firms))
  if t > 1 then check.always(w:revenue(t):at_most(w:revenue(t - 1))) end
end
check.same(w:total(3), 3 * w:value(3))
check.same(w:value()[8], w:value(w:holders(8)))
check.same(w:revenue()[8], w:revenue(8))

-- In a loop where a later option depends on what was asked for before.
local pool = series "$bn/yr"
local fed = internal.venture { pool = pool, edge = "50 %" }
for t in periods() do
  pool[t] = t == 1 and "10 $bn/yr" or pool[t - 1] + fed:revenue(t - 1)
end
check.equal(fed:revenue(3), "11.25 $bn/yr")

-- Options --------------------------------------------------------------------------------------

check.options(function(o) return internal.venture(o):profit(8) end, {
  pool = "200 $bn/yr", edge = "25 %", firms = 20, catch_up = "3 mo", adopters = "4 1/yr",
  ramp = "3 yr", half_life = "2 yr", compute = "1 GW", margin = "60 %", capital = "10 $bn",
}, {
  pool = "100 to 300 $bn/yr", edge = "10 to 30 %", firms = "2 to 5", decay = "0.5 to 1",
  catch_up = "1 to 12 mo", adopters = "1 to 4 1/yr", ramp = "2 to 5 yr", half_life = "1 to 3 yr",
  delay = "1 to 6 mo", compute = "0.5 to 2 GW", compute_price = "12 to 15 $bn/GW/yr",
  margin = "40 to 60 %", cost = "1 to 2 $bn/yr", capital = "5 to 20 $bn", hurdle = "5 to 12 %/yr",
  success = "50 to 90 %", start = "1 to 6 mo",
})

check.fails("pool is missing", function() internal.venture { edge = "25 %" } end)
check.fails("pool must be money per time", function() internal.venture { pool = "200 $bn" } end)
check.fails("must be a share", function() internal.venture { pool = "1 $/yr", success = 2 } end)
for _, edge in ipairs { 10, "110 %", series("1", 10) } do
  check.fails("edge must be a share between 0 and 100 %", function()
    internal.venture { pool = "1 $/yr", edge = edge }
  end)
end
check.fails("margin must be a share up to 100 %", function()
  internal.venture { pool = "1 $/yr", margin = 70 }
end)
check.fails("margin must be a share up to 100 %", function()
  internal.sale { revenue = "1 $/yr", margin = "170 %" }
end)
check.fails("decay: \"5 x\" is not a quantity", function()
  internal.venture { pool = "1 $/yr", decay = "5 x" }
end)
check.fails("start: \"garbage\" is not a quantity", function()
  internal.venture { pool = "1 $/yr", start = "garbage" }
end)
check.fails("adopters must be a number of those who follow", function()
  internal.venture { pool = "1 $/yr", adopters = "3 GW" }
end)
check.fails("firms must be above 0", function() internal.venture { pool = "1 $/yr", firms = 0 } end)
check.fails("t must be from 1", function() v:revenue(0) end)
check.fails("did you mean \"half_life\"", function()
  internal.venture { pool = "1 $/yr", halflife = "1 yr" }
end)
check.done()
