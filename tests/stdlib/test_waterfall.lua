-- The exit waterfall: worked examples, and what holds in every sample.
local check = require "check"
local waterfall = require "funding/waterfall"

horizon { periods = 3 }

-- { exit, payouts in the order of the classes }; where a class has no number it is not looked at.
local function check_exits(classes, rows)
  for _, row in ipairs(rows) do
    local payouts = waterfall.solve(q(row[1]), classes)
    for i = 1, #classes do
      if row[i + 1] then check.equal(payouts[i], row[i + 1] .. " $M") end
    end
  end
end

local function common(shares) return { shares = shares } end
local function preferred(shares, preference, options)
  local class = { shares = shares, preference = q(preference .. " $M") }
  for name, value in pairs(options or {}) do class[name] = value end
  return class
end
local function part(shares, preference, cap)
  return preferred(shares, preference, { participating = true, cap = cap and q(cap .. " $M") })
end

-- One class beside common -------------------------------------------------------------------------

-- $5M for 20 %, sold for $40M: not participating, participating up to 2x, participating.
check_exits({ preferred(20, 5), common(80) }, { { "40 $M", 8, 32 }, { "4 $M", 4, 0 },
  { "5 $M", 5, 0 }, { "25 $M", 5, 20 }, { "26 $M", 5.2, 20.8 }, { "0 $M", 0, 0 } })
check_exits({ part(20, 5, 10), common(80) }, { { "40 $M", 10, 30 } })
check_exits({ part(20, 5), common(80) }, { { "40 $M", 12, 28 } })

-- $1M of $7M after the money at 2x, sold for $15M.
check_exits({ part(1, 2), common(6) }, { { "15 $M", 2 + 13 / 7 } })
check_exits({ preferred(1, 2), common(6) }, { { "15 $M", 15 / 7 } })

-- $2M for 25 %, participating up to 4x: the cap is reached at 26 and left at 32.
check_exits({ part(25, 2, 8), common(75) }, { { "1 $M", 1 }, { "2 $M", 2 }, { "10 $M", 4 },
  { "24 $M", 7.5 }, { "26 $M", 8 }, { "29 $M", 8 }, { "32 $M", 8 }, { "33 $M", 8.25 } })
-- A preference of 9.5 at 40 % and a cap of 30: reached at 60.75, left at 75.
check_exits({ part(40, 9.5, 30), common(60) }, { { "60.75 $M", 30, 30.75 }, { "60.74 $M", 29.996 },
  { "75 $M", 30, 45 }, { "76 $M", 30.4 } })

-- $500k for a sixth: 1x, 2x participating, 4x, and nothing but the rest for common.
check_exits({ preferred(1, 0.5), common(5) }, { { "10 $M", 10 / 6 }, { "1 $M", 0.5, 0.5 } })
check_exits({ part(1, 1), common(5) }, { { "10 $M", 2.5 } })
check_exits({ preferred(1, 2), common(5) }, { { "1.75 $M", 1.75, 0 } })
check_exits({ common(1), common(5) }, { { "1 $M", 1 / 6, 5 / 6 } })

-- 40 on 60 for 40 %, sold for 160, at 1x and 3x; 50 for 60 %, sold for 100.
check_exits({ part(40, 40), common(60) }, { { "160 $M", 88, 72 } })
check_exits({ part(40, 120), common(60) }, { { "160 $M", 136, 24 } })
check_exits({ preferred(60, 50), common(40) }, { { "100 $M", 60 } })
check_exits({ part(60, 50), common(40) }, { { "100 $M", 80 } })
check_exits({ part(60, 50, 150), common(40) }, { { "100 $M", 80 } })

-- Several classes ---------------------------------------------------------------------------------

-- All participating up to twice what they invested, the later the more senior. The breakpoints:
-- 15, 17.1 and 18 preferences, 31.5 A and 38.5 B at their caps, 43.5 A converts, 46.2 C at its cap,
-- 51 B and 60 C convert.
local capped = { common(1), part(0.2, 0.9, 1.8), part(0.3, 2.1, 4.2), part(1.5, 15, 30) }
capped[2].rank, capped[3].rank, capped[4].rank = 3, 2, 1
check_exits(capped, {
  { "12 $M", 0, 0, 0, 12 }, { "15 $M", 0, 0, 0, 15 }, { "16 $M", 0, 0, 1, 15 },
  { "17.1 $M", 0, 0, 2.1, 15 }, { "17.5 $M", 0, 0.4, 2.1, 15 }, { "18 $M", 0, 0.9, 2.1, 15 },
  { "25 $M", 7 / 3, 0.9 + 7 / 15, 2.8, 18.5 }, { "31.5 $M", 4.5, 1.8, 3.45, 21.75 },
  { "35 $M", 5.75, 1.8, 3.825, 23.625 }, { "38.5 $M", 7, 1.8, 4.2, 25.5 },
  { "43.5 $M", 9, 1.8, 4.2, 28.5 }, { "45 $M", 86 / 9, 17.2 / 9, 4.2, 264 / 9 },
  { "46.2 $M", 10, 2, 4.2, 30 }, { "51 $M", 14, 2.8, 4.2, 30 }, { "60 $M", 20, 4, 6, 30 },
  { "90 $M", 30, 6, 9, 45 } })

-- Seed and A, both up to twice; A is senior.
local two = { common(37.5), part(25, 3, 6), part(37.5, 5, 10) }
two[2].rank = 2
check_exits(two, { { "4 $M", 0, 0, 4 }, { "6 $M", 0, 1, 5 }, { "8 $M", 0, 3, 5 },
  { "15 $M", 2.625, 4.75, 7.625 }, { "20 $M", 4.5, 6, 9.5 }, { "21 $M", 5, 6, 10 },
  { "22 $M", 6, 6, 10 }, { "25 $M", 9, 6, 10 }, { "30 $M", 11.25, 7.5, 11.25 },
  { "40 $M", 15, 10, 15 } })

-- Conversion in the order of preference over shares, whoever is senior: D at 40, B at 55, A and C,
-- who tie, at 76.
local order = { common(10), preferred(5, 10), preferred(8, 10), preferred(5, 10),
                preferred(10, 5) }
for i = 2, 5 do order[i].rank = 6 - i end
check_exits(order, { { "3 $M", 0, 0, 0, 0, 3 }, { "20 $M", 0, 0, 5, 10, 5 },
  { "40 $M", 5, 10, 10, 10, 5 }, { "50 $M", 10, 10, 10, 10, 10 },
  { "55 $M", 12.5, 10, 10, 10, 12.5 }, { "76 $M", 20, 10, 16, 10, 20 },
  { "152 $M", 40, 20, 32, 20, 40 } })
local ties = { common(10), preferred(10, 2), preferred(10, 11), preferred(10, 10),
               preferred(10, 30), preferred(10, 30), preferred(10, 30) }
check_exits(ties, { { "115 $M", 2, 2, 11, 10, 30, 30, 30 },
  { "131 $M", 10, 10, 11, 10, 30, 30, 30 }, { "134 $M", 11, 11, 11, 11, 30, 30, 30 },
  { "210 $M", 30, 30, 30, 30, 30, 30, 30 },
  { "280 $M", 40, 40, 40, 40, 40, 40, 40 } })

-- $5M for 20 % and $15M for 30 %: the later senior, or both pari passu. A converts at 32.5 and not
-- at 25, for B's preference comes off first.
local junior = preferred(20, 5, { rank = 2 })
check_exits({ junior, preferred(30, 15, { rank = 1 }), common(50) }, {
  { "10 $M", 0, 10, 0 }, { "18 $M", 3, 15, 0 }, { "20 $M", 5, 15, 0 }, { "30 $M", 5, 15, 10 },
  { "32.5 $M", 5, 15, 12.5 }, { "40 $M", 50 / 7, 15, 125 / 7 }, { "45 $M", 60 / 7, 15, 150 / 7 },
  { "50 $M", 10, 15, 25 }, { "60 $M", 12, 18, 30 } })
check_exits({ preferred(20, 5), preferred(30, 15), common(50) }, { { "10 $M", 2.5, 7.5, 0 },
  { "18 $M", 4.5, 13.5, 0 }, { "20 $M", 5, 15, 0 }, { "32.5 $M", 5, 15, 12.5 } })

-- Every kind at once: breakpoints at 30, 50, 60, 65, 82.5 A converts, 150 B at its cap, 185 B
-- and 320 D convert.
local mixed = { preferred(20, 5, { rank = 4 }), part(20, 10, 30), part(10, 20),
                preferred(10, 30, { rank = 1 }), common(40) }
mixed[2].rank, mixed[3].rank = 3, 2
check_exits(mixed, {
  { "40 $M", 0, 0, 10, 30, 0 }, { "62 $M", 2, 10, 20, 30, 0 },
  { "70 $M", 5, 10 + 10 / 7, 20 + 5 / 7, 30, 20 / 7 }, { "82.5 $M", 5, 15, 22.5, 30, 10 },
  { "100 $M", 80 / 9, 10 + 80 / 9, 20 + 40 / 9, 30, 160 / 9 }, { "150 $M", 20, 30, 30, 30, 40 },
  { "185 $M", 30, 30, 35, 30, 60 }, { "200 $M", 100 / 3, 100 / 3, 110 / 3, 30, 200 / 3 },
  { "320 $M", 60, 60, 50, 30, 120 }, { "400 $M", 76, 76, 58, 38, 152 } })

-- Preferred at $1.50 with its dividend, options at $0.20 and warrants at $1, 1,000 of each: they
-- take part from 1,700 and 3,300 on, and the preferred converts at 4,800.
local options = { preferred(1000, 0.0015), common(1000), { shares = 1000, strike = q "200 $" },
                  { shares = 1000, strike = q "1000 $" } }
for exit, payouts in pairs {
  [1500] = { 1500, 0, 0, 0 }, [1700] = { 1500, 200, 0, 0 }, [3300] = { 1500, 1000, 800, 0 },
  [4800] = { 1500, 1500, 1300, 500 }, [6300] = { 1875, 1875, 1675, 875 },
} do
  for i, payout in ipairs(waterfall.solve(q(exit .. " $"), options)) do
    check.equal(payout, payouts[i] .. " $")
  end
end

-- Converts into more shares than it has; participates in a rest that is its own; nothing to share.
check_exits({ preferred(10, 5, { conversion = 20 }), common(80) }, { { "40 $M", 8, 32 } })
check_exits({ part(10, 5) }, { { "40 $M", 40 } })
check_exits({ common(1), preferred(1, 1) }, { { "-3 $M", 0, 0 } })
-- A class of which nothing has been issued, and one that cannot convert.
check_exits({ common(80), preferred(0, 0), preferred(0, 5) }, { { "40 $M", 35, 0, 5 } })

-- A payout is shown in the unit of the exit, over its periods.
check.is_true(tostring(waterfall.solve(q "40 $M", { common(1) })[1]) == "40 $M", "not in $M")
local growing = waterfall.solve(grow("40 $M", "50 %/yr"), { preferred(20, 10), common(80) })
check.equal(growing[1], { "10 $M", "12 $M", "18 $M" })
check.equal(growing[2], { "30 $M", "48 $M", "72 $M" })

-- For scripts without a cap table -----------------------------------------------------------------

local function payout(name, exit, options)
  options.shares = options.shares or 20
  return funding.waterfall { exit = exit, common = { shares = 80 }, [name] = options }[name]
end

check.equal(payout("A", "40 $M", { invested = "5 $M" }), "8 $M")
check.equal(payout("A", "40 $M", { invested = "5 $M", multiple = 2 }), "10 $M")
check.equal(payout("A", "40 $M", { preference = "12 $M" }), "12 $M")
check.equal(payout("A", "40 $M", { invested = "5 $M", participating = true }), "12 $M")
check.equal(payout("A", "40 $M", { invested = "5 $M", cap = 2 }), "10 $M")
check.equal(payout("A", "40 $M", { invested = "5 $M", cap = "11 $M" }), "11 $M")
check.equal(payout("A", "40 $M", { invested = "5 $M", multiple = 2, cap = 3 }), "15 $M")
check.equal(payout("A", "40 $M", { invested = "9 $M", dividends = "0.9 $M" }), "9.9 $M")
check.equal(payout("A", "50 $M", { strike = "0.5 $M" }), "2 $M")
check.equal(payout("A", "40 $M", { invested = "5 $M", conversion = 40 }), q "40 $M" / 3)

local function ranked(o)
  local payouts = funding.waterfall { exit = "10 $M", seniority = o.seniority,
    { name = "founders", shares = 50 },
    { name = "A", shares = 20, invested = "5 $M", rank = o.rank },
    { name = "B", shares = 30, invested = "15 $M", seniority = o.rank and 1 } }
  return payouts.A
end
check.equal(ranked {}, "2.5 $M")
check.equal(ranked { seniority = "standard" }, "0 $M")
check.equal(ranked { rank = 2 }, "0 $M")
check.equal(ranked { rank = 0 }, "5 $M")

-- Every option may be uncertain.
local function of_class(more)
  return function(o)
    local options = { invested = "5 $M" }
    for name, value in pairs(more) do options[name] = value end
    for name, value in pairs(o) do options[name] = value end
    local exit = options.exit or "40 $M"
    options.exit = nil
    return payout("A", exit, options)
  end
end
check.options(of_class { multiple = 3 }, {}, { invested = "5 to 6 $M", multiple = "2 to 3 1",
                                             dividends = "1 to 2 $M", preference = "9 to 10 $M" })
check.options(of_class {}, {}, { exit = "40 to 50 $M", shares = "20 to 30 1",
                                 conversion = "20 to 30 1" })
check.options(of_class { participating = true }, {}, { cap = "1.5 to 2.1 1" })
check.options(of_class { preference = 0 }, {}, { strike = "0.1 to 0.2 $M" })

-- In every sample ---------------------------------------------------------------------------------

local a = assume {
  exit = "20 to 400 $M", founders = "5 to 60 M share", pool = "1 to 9 M share",
  a_shares = "2 to 20 M share", b_shares = "2 to 20 M share", c_shares = "2 to 20 M share",
  a_money = "1 to 30 $M", b_money = "5 to 60 $M", c_money = "10 to 90 $M",
  cap = "1 to 3", strike = "0.5 to 5 $/share", round = "bernoulli(0.6)",
}
local happens = a.round:equals(1)
local everything = {
  { shares = a.founders }, { shares = a.pool, strike = a.pool * a.strike },
  { shares = a.a_shares, preference = a.a_money, rank = 3 },
  { shares = a.b_shares, preference = a.b_money, rank = 2, participating = true,
    cap = a.b_money * a.cap },
  -- A round that happens in some samples alone.
  { shares = when(happens, a.c_shares, 0), preference = when(happens, a.c_money, 0), rank = 2 },
  { shares = 0.5 * a.c_shares, preference = 0.2 * a.c_money, rank = 1, participating = true },
}
local function sum(list)
  local total = list[1]
  for i = 2, #list do total = total + list[i] end
  return total
end
local paid = waterfall.solve(a.exit, everything)
check.same(sum(paid), a.exit)
for i, class in ipairs(everything) do
  check.varies(paid[i])
  check.always(paid[i]:at_least(0))
  -- More to share is less for nobody.
  check.always(waterfall.solve(1.1 * a.exit, everything)[i]:at_least(paid[i] * (1 - 1e-12)))
end
check.always(paid[5]:equals(0) | happens)

-- The order in which the classes are listed says nothing.
local reversed = {}
for i, class in ipairs(everything) do reversed[#everything + 1 - i] = class end
for i, payment in ipairs(waterfall.solve(a.exit, reversed)) do
  check.same(payment, paid[#everything + 1 - i])
end

-- Of what it chose and the other choice, the others' staying as they are, each class chose what
-- pays it more. A choice is made for a class by leaving it its preference or its shares alone.
local choosing = {
  { shares = a.founders },
  { shares = a.a_shares, preference = a.a_money, rank = 1 },
  { shares = a.b_shares, preference = a.b_money, rank = 2 },
  { shares = a.c_shares, preference = a.c_money, rank = 2 },
}
local chosen = waterfall.solve(a.exit, choosing)
local value = chosen[1] / a.founders
local function converts(i) return (choosing[i].shares * value):above(choosing[i].preference) end
local function made(conversion)
  local classes = { choosing[1] }
  for i = 2, #choosing do
    local class = choosing[i]
    classes[i] = { shares = when(conversion[i], class.shares, 0), rank = class.rank,
                   preference = when(conversion[i], 0, class.preference) }
  end
  return waterfall.solve(a.exit, classes)
end
local conversion = { 0, converts(2), converts(3), converts(4) }
for i, payment in ipairs(made(conversion)) do check.same(payment, chosen[i]) end
for i = 2, #choosing do
  local other = { table.unpack(conversion) }
  other[i] = ~conversion[i]
  check.always(made(other)[i]:at_most(chosen[i] * (1 + 1e-9)))
  local p = chance(conversion[i])
  check.is_true(p > 0.05 and p < 0.95, "class " .. i .. " always makes the same choice")
end

-- Mistakes ----------------------------------------------------------------------------------------

local function fails(message, ...)
  local arguments = { ... }
  check.fails(message, function() waterfall.solve(table.unpack(arguments)) end)
end
local many = {}
for i = 1, 64 do many[i] = common(i) end
check.equal(waterfall.solve(q "2080 $", many)[64], "64 $")
many[65] = common(1)
fails("there must be 1 to 64 classes of shares, not 65", q "1 $", many)
fails("there must be 1 to 64 classes of shares, not 0", q "1 $", {})
fails("the exit must be money", q "1 GW", { common(1) })
fails("the shares of class 2 are missing", q "1 $", { common(1), {} })
fails("the shares of class 2 must be", q "1 $", { common(1), { shares = q "1 share" } })
fails("the preference of class 1 must be money", q "1 $", { { shares = 1, preference = q "1 GW" } })
fails("the cap of class 1 must be money", q "1 $",
      { { shares = 1, participating = true, cap = q "2" } })
fails("the rank of class 1 must be a plain number", q "1 $", { { shares = 1, rank = "first" } })
fails("class 1 participates and has a strike", q "1 $",
      { { shares = 1, participating = true, strike = q "1 $" } })

check.fails("shares of A is missing", function()
  funding.waterfall { exit = "1 $", A = { invested = "1 $" } }
end)
check.fails("name of row 1 is missing", function()
  funding.waterfall { exit = "1 $", { shares = 1 } }
end)
check.fails("there are two classes named A", function()
  funding.waterfall { exit = "1 $", { name = "A", shares = 1 }, { name = "A", shares = 1 } }
end)
check.fails("the cap of A is of a class that participates", function()
  payout("A", "1 $", { invested = "1 $", participating = false, cap = 2 })
end)
check.fails("give invested, or the cap as money", function()
  payout("A", "1 $", { preference = "1 $", cap = 2 })
end)
check.fails("A has a rank", function()
  funding.waterfall { exit = "1 $", seniority = "standard", { name = "A", shares = 1, rank = 1 } }
end)
check.fails('write { name = "A", ... }', function()
  funding.waterfall { exit = "1 $", seniority = "standard", A = { shares = 1 } }
end)
check.fails("there must be 1 to 64 classes", function() funding.waterfall { exit = "1 $" } end)

check.done()
