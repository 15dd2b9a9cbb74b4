-- Events, what they do, and measures of what is at risk.
local check = require "check"

settings { samples = 20000 }
horizon { from = "2026-Q1", to = "2035-Q4" }

-- Within four standard errors.
local function near(p, expected)
  check.equal(p, expected, 4 * (expected * (1 - expected) / 2e4) ^ 0.5)
end

-- How likely ----------------------------------------------------------------------------------

-- 5 % a year: 1.2422 % in a quarter, 39.3469 % in ten years.
local yearly = risk.event { name = "yearly", rate = "5 %/yr" }
near(chance(yearly:starts(1)), 0.01242219)
near(chance(yearly:happened(40)), 0.39346934)
check.equal(summary(yearly:starts():sum()).max, 1)

-- A chance over a window, spread evenly over it.
local window = risk.event { name = "window", chance = "40 %", from = "2027", till = "2029-Q3" }
check.equal(chance(window:happened(4)), 0)
near(chance(window:happened(5)), 0.4 / 10)
near(chance(window:happened(9)), 0.2)
near(chance(window:happened(14)), 0.4)
check.equal(chance(window:happened(14)), chance(window:happened(40)))
local certain = risk.event { name = "certain", chance = 1, till = "2027" }
near(chance(certain:happened(1)), 0.25)
near(chance(certain:happened(2)), 0.5)
check.equal(chance(certain:happened(4)), 1)
near(chance(risk.event { name = "all along", chance = "40 %" }:happened(20)), 0.2)

-- At a date, uncertain or not.
local dated = risk.event { name = "dated", at = "2027-Q2" }
check.equal(dated:starts(6), 1)
check.equal(dated:starts(5), 0)
check.equal(dated:time(), "1.5 yr")                        -- the end of that quarter
local lag = assume("lag", "uniform(6, 18) mo")
local lagged = risk.event { name = "lagged", at = lag, chance = "50 %" }
near(chance(lagged:happened(4)), 0.25)
near(chance(lagged:happened(40)), 0.5)
check.equal(chance(risk.event { name = "past", at = "-1 yr" }:starts(1)), 1)
check.equal(chance(risk.event { name = "beyond", at = "2040" }:happened(40)), 0)
check.equal(chance(risk.event { name = "impossible", chance = 0 }:happened(40)), 0)
check.equal(chance(risk.event { name = "no rate", rate = 0 }:happened(40)), 0)

-- Again and again: 40 quarters of 1 - exp(-0.25).
local often = risk.event { name = "often", rate = "1 1/yr", repeats = true }
check.equal(summary(often:starts():sum()).mean, 40 * (1 - math.exp(-0.25)), 0.1)

-- Only where another has happened; the condition may be filled in the loop.
local after = risk.event { name = "after", rate = "50 %/yr", when = dated:happened() }
check.equal(chance(after:happened(5)), 0)
near(chance(after:happened(8)), 1 - math.exp(-0.375))
local weak = series "1"
local fed = risk.event { name = "fed", rate = "50 %/yr", when = weak }
for t in periods() do
  weak[t] = t > 2 and fed:happened(t - 2):equals(0) or 0
  fed:starts(t)
end
check.equal(chance(fed:happened(2)), 0)
near(chance(fed:happened(3)), 1 - math.exp(-0.125))

-- What it does --------------------------------------------------------------------------------

local cut = risk.event { name = "cut", at = "2027", effect = "-40 %", duration = "1 yr",
                         recovery = "1 yr", onset = "6 mo", loss = "3 $bn" }
local expected = { [4] = 1, [5] = 0.9, [6] = 0.7, [7] = 0.6, [8] = 0.6, [9] = 0.65, [10] = 0.75,
                   [12] = 0.95, [13] = 1, [40] = 1 }
for t, factor in pairs(expected) do check.equal(cut:factor(t), factor) end
check.equal(cut:strength(9), 0.875)
check.equal(chance(cut:active(12)), 1)
check.equal(chance(cut:active(13)), 0)
check.equal(cut:loss(5), "3 $bn")
check.equal(cut:loss(6), "0 $bn")
check.equal(cut:loss():sum(), "3 $bn")
check.same(cut:factor()[7], cut:factor(7))
check.equal(risk.event { name = "same", at = 1, factor = 0.6 }:factor(1), 0.6)
check.equal(risk.event { name = "nothing", at = 1 }:factor(1), 1)
check.equal(risk.event { name = "instant", at = 1, effect = -1, duration = 0 }:factor(1), 1)

-- A duration of four quarters is felt in four of them.
local year = risk.event { name = "year", at = 3, effect = "-10 %", duration = "1 yr" }
check.equal(year:active():sum(), 4)
-- One that repeats begins anew.
local twice = risk.event { name = "twice", rate = "400 %/yr", repeats = true, duration = "3 mo",
                           effect = "-50 %" }
for t = 1, 40, 13 do check.always(twice:active(t):equals(twice:starts(t))) end

-- Several effects.
local many = risk.event { name = "many", at = 1,
                         effect = { revenue = "-20 %", cost = "5 to 10 %" } }
check.equal(many:factor(1, "revenue"), 0.8)
check.equal(many:factor("revenue", 1), 0.8)
check.equal(many:factor("revenue")[7], 0.8)
check.varies(many:factor(1, "cost"))
check.equal(risk.event { name = "f", at = 1, factor = { cost = 0.3 } }:factor(1, "cost"), 0.3)
check.fails('has effects on "cost", "revenue": say which', function() many:factor(1) end)
check.fails('no effect on "price"', function() many:factor(1, "price") end)

-- Together: factors multiply, 0.868 x 0.9 = 0.7812.
local fall = risk.event { name = "fall", at = 1, effect = "-13.2 %", loss = "1 $bn" }
local second = risk.event { name = "second", at = 2, factor = 0.9, loss = "2 $bn" }
local both = risk.combine { fall, second }
check.equal(both:factor(1), 0.868)
check.equal(both:factor(2), 0.7812)
check.equal(both:loss():sum(), "3 $bn")
check.equal(both:active(1), 1)
check.equal(both:active(2), 2)
check.equal(risk.combine({}):factor(1), 1)
check.equal(risk.combine({}):loss(1), 0)
local mixed = risk.combine { many, fall }
check.equal(mixed:factor(1, "revenue"), 0.8 * 0.868)
check.equal(mixed:factor("revenue", 1), 0.8 * 0.868)
check.equal(mixed:factor(1, "other"), 0.868)
local lots = risk.combine { cut, yearly, often, lagged }
for t = 1, 40, 13 do
  check.same(lots:factor(t),
             cut:factor(t) * yearly:factor(t) * often:factor(t) * lagged:factor(t))
end

-- Identities over uncertain options.
local u = risk.event { name = "u", rate = "20 to 60 %/yr", effect = "-50 to -10 %",
                       duration = "1 to 3 yr", recovery = "0.5 to 2 yr", onset = "1 to 9 mo" }
for t = 2, 40, 7 do
  check.always(u:strength(t):at_least(0) & u:strength(t):at_most(1))
  check.always(u:happened(t):at_least(u:happened(t - 1)))
  check.always(u:happened(t):equals(u:happened(t - 1) + u:starts(t)))
  check.always(u:active(t):at_most(u:happened(t)))
end

-- Measures -------------------------------------------------------------------------------------

local x = assume("x", "normal(10, 5) $bn")
check.equal(risk.at_risk(x, 0.05), 10 - 1.6449 * 5, 0.3)
check.equal(risk.shortfall(x, 0.05), 10 - 2.0627 * 5, 0.3)   -- sd phi(z)/p below the mean
check.equal(risk.shortfall(x), risk.shortfall(x, "5 %"))
check.equal(risk.shortfall("0.3", 0.1), 0.3)
check.fails("p must be a plain share", function() risk.at_risk(x, 0) end)

-- Options --------------------------------------------------------------------------------------

local number = 0
local function measured(o)
  number = number + 1
  o.name = "measured " .. number
  local e = risk.event(o)
  return (1 - e:factor()):mean() * "1 $bn" + e:loss():sum()
end
local base = { rate = "20 %/yr", effect = "-30 %", duration = "2 yr" }
check.options(measured, base, {
  rate = "10 to 30 %/yr", effect = "-40 to -20 %", duration = "1 to 3 yr", recovery = "1 to 2 yr",
  onset = "3 to 12 mo", loss = "1 to 2 $bn", from = "0 to 2 yr", till = "2 to 5 yr",
})
check.options(measured, { at = "2 yr", effect = "-30 %" },
              { at = "1 to 3 yr", chance = "20 to 40 %" })
check.fails("how likely it is is missing", function() risk.event { name = "x1" } end)
check.fails("name is missing", function() risk.event { rate = "5 %/yr" } end)
check.fails("cannot be combined", function() risk.event { name = "x2", rate = 1, at = 2 } end)
check.fails("till must be after from", function()
  risk.event { name = "x3", rate = 1, from = "2028", till = "2027" }
end)
check.fails("give one of them", function()
  risk.event { name = "x4", rate = 1, effect = -1, factor = 0 }
end)
check.fails("effect on cost must be a number", function()
  risk.event { name = "x5", at = 1, effect = { cost = "3 $" } }
end)
for _, wrong in ipairs { -20, "-120 %", { cost = -20 }, series("1", -20) } do
  check.fails("of -100 % or more", function()
    risk.event { name = "x7", at = 1, effect = wrong }
  end)
end
check.fails("factor must be 0 or more, not -0.2", function()
  risk.event { name = "x8", at = 1, factor = -0.2 }
end)
check.fails("factor on cost must be 0 or more", function()
  risk.event { name = "x8", at = 1, factor = { cost = series("1", -1) } }
end)
check.fails("effect: \"garbage\" is not a quantity", function()
  risk.event { name = "x9", at = 1, effect = "garbage" }
end)
check.fails("effect on cost: \"garbage\" is not a quantity", function()
  risk.event { name = "x9", at = 1, effect = { cost = "garbage" } }
end)
check.fails("t must be a period from 1 to 40", function() cut:factor(41) end)
check.fails("number 2 of the list is no event", function() risk.combine { cut, 5 } end)
-- The name may come first.
local suit = risk.event("suit", { at = "2028", effect = "-20 %" })
check.same(suit:factor(), risk.event { name = "suit too", at = "2028", effect = "-20 %" }:factor())
check.fails('the name "window" is taken', function() risk.event { name = "window", rate = 1 } end)
check.fails("at must be a time", function() risk.event { name = "x6", at = "2027-Q7" } end)
check.done()
