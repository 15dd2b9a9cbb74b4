-- Schedules of prices: the billing systems' own examples, identities over uncertain schedules, what
-- is refused.
local check = require "check"

local function expect(tariff, rows)
  for usage, charge in pairs(rows) do check.equal(tariff:charge(usage), charge) end
end

local function shows(x, text)
  check.is_true(tostring(x) == text, tostring(x) .. " is not " .. text)
end

-- --- Graduated. Lago's specification; its guide; OpenMeter; Orb; Zuplo; Autumn; Recurly; FOCUS.

local lago = pricing.tiers {
  { upto = 10, price = "10 $", flat = "2 $" },
  { upto = 20, price = "5 $", flat = "3 $" },
  { price = "5 $", flat = "3 $" },
}
expect(lago, { [0] = "2 $", [1] = "12 $", [10] = "102 $", [10.5] = "107.5 $", [11] = "110 $",
               [12] = "115 $", [21] = "163 $" })
check.equal(lago:average(10), "10.2 $")
check.equal(lago:average(12), q "115 $" / 12)
check.equal(lago:average(0), "0 $")
check.equal(lago:marginal(0), "10 $")
check.equal(lago:marginal(10), "5 $")
check.equal(lago:charge(-5), "2 $")

expect(pricing.tiers { { upto = 100, price = "1 $" }, { upto = 200, price = "0.50 $" },
                       { price = "0.10 $" } }, { [250] = "155 $" })

local openmeter = { { upto = 5, flat = "100 $" }, { upto = 10, flat = "50 $" },
                    { upto = 15, price = "10 $" }, { price = "5 $" } }
expect(pricing.tiers(openmeter), { [0] = "100 $", [3] = "100 $", [5] = "100 $", [5.001] = "150 $",
                                   [7] = "150 $", [12] = "170 $", [22] = "235 $" })
local limited = { { upto = 5, flat = "100 $" }, { upto = 10, flat = "50 $" },
                  { upto = 15, price = "5 $" }, { price = "1 $" } }
expect(pricing.tiers(limited), { [22] = "182 $" })
limited.maximum = "170 $"
expect(pricing.tiers(limited), { [22] = "170 $" })
limited.maximum, limited.minimum = nil, "1000 $"
expect(pricing.tiers(limited), { [0] = "1000 $" })

expect(pricing.tiers { { upto = "10 k request", price = "0.001 $/request" },
                       { upto = "100 k request", price = "0.0008 $/request" },
                       { price = "0.0005 $/request" } }, { ["150 k request"] = "107 $" })
local zuplo = { { upto = 1000, price = "0.10 $" }, { upto = 10000, price = "0.05 $" },
                { price = "0.01 $" } }
expect(pricing.tiers(zuplo), { [15000] = "600 $" })
expect(pricing.tiers { { upto = 1000, price = "0.01 $" }, { upto = 10000, price = "0.008 $" },
                       { price = "0.005 $" } }, { [15000] = "107 $" })
expect(pricing.tiers { { upto = 100, price = "1 $" }, { price = "0.5 $" } }, { [150] = "125 $" })
unit("GB_month")
local s3 = pricing.tiers { { upto = 51200, price = "0.023 $/GB_month" },
                           { upto = 512000, price = "0.022 $/GB_month" },
                           { price = "0.021 $/GB_month" } }
expect(s3, { ["102400 GB_month"] = "2304 $", ["600000 GB_month"] = "13163.2 $" })
check.equal(s3:average "102400 GB_month", "0.0225 $/GB_month")

-- Free units come off first; an overage is a tier; a commission is a schedule in money.
expect(pricing.tiers { free = 500, { price = "1 $" } },
       { [300] = "0 $", [250] = "0 $", [600] = "100 $" })
expect(pricing.tiers { { upto = 100, price = 0 }, { price = "2 $" } }, { [130] = "60 $" })
local play = pricing.tiers { { upto = "1 M$", price = "15 %" }, { price = "30 %" } }
expect(play, { ["1 M$"] = "150 k$", ["3 M$"] = "750 k$" })
check.equal(play:average "3 M$", "25 %")
check.equal(play:marginal "3 M$", "30 %")
local function shows(x, text)
  check.is_true(tostring(x) == text, tostring(x) .. " is not " .. text)
end
shows(play:average "3 M$", "25 %") -- as the prices are written
shows(pricing.tiers { { upto = "1 M$", price = .15 }, { price = .3 } }:average "3 M$", "0.25")
check.equal(play:charge "3 M$/yr", "450 k$/yr") -- 250,000 a month are below the bound
expect(pricing.tiers { { upto = 25, price = "21 %" }, { upto = 40, price = "14 %" },
                       { upto = 100, price = "11 %" }, { price = "6 %" } },
       { ["37.5 $"] = "7 $", ["136 $"] = "16.11 $", ["25 $"] = "5.25 $", ["40 $"] = "7.35 $",
         ["100 $"] = "13.95 $" })
-- Lago's graduated percentage.
expect(pricing.tiers { { upto = "10 $", price = "1 %", flat = "200 $" },
                       { upto = "20 $", price = "2 %", flat = "300 $" },
                       { price = "3 %", flat = "400 $" } },
       { ["0 $"] = "200 $", ["1 $"] = "200.01 $", ["10 $"] = "200.1 $", ["11 $"] = "500.12 $",
         ["21 $"] = "900.33 $" })

-- --- Volume. Stripe; Lago; OpenMeter; Kong; Recurly.

local stripe = { { upto = 5, price = "7 $" }, { upto = 10, price = "6.5 $" }, { price = "6 $" } }
expect(pricing.tiers(stripe), { [0] = "0 $", [1] = "7 $", [5] = "35 $", [5.5] = "38.25 $",
                                [6] = "41.5 $", [10] = "67.5 $", [11] = "73.5 $",
                                [20] = "127.5 $", [25] = "157.5 $" })
stripe.mode = "volume"
local volume = pricing.tiers(stripe)
expect(volume, { [0] = "0 $", [1] = "7 $", [5] = "35 $", [5.5] = "35.75 $", [6] = "39 $",
                 [10] = "65 $", [11] = "66 $", [20] = "120 $", [25] = "150 $" })
check.equal(volume:average(6), "6.5 $")
check.equal(volume:marginal(5), "6.5 $")
stripe.edges = "integer"
expect(pricing.tiers(stripe), { [5.5] = "39 $", [5] = "35 $", [6] = "39 $" })
stripe.mode = "graduated"
expect(pricing.tiers(stripe), { [5.5] = "41.5 $", [5] = "35 $" })

expect(pricing.tiers { mode = "volume", { upto = 100, price = "2 $", flat = "10 $" },
                       { upto = 200, price = "1 $" }, { price = "0.5 $", flat = "50 $" } },
       { [0] = "10 $", [1] = "12 $", [100] = "210 $", [100.5] = "100.5 $", [101] = "101 $",
         [200] = "200 $", [300] = "200 $" })
openmeter.mode = "volume"
openmeter[2].flat = "150 $"
expect(pricing.tiers(openmeter), { [0] = "100 $", [3] = "100 $", [5] = "100 $", [7] = "150 $",
                                   [14] = "140 $", [15] = "150 $", [16] = "80 $", [100] = "500 $" })
zuplo.mode = "volume"
expect(pricing.tiers(zuplo), { [15000] = "150 $" })
expect(pricing.tiers { mode = "volume", { upto = 20, price = "10 $" }, { price = "9 $" } },
       { [20] = "200 $", [21] = "189 $" })

-- --- Stairs. Recurly; Oracle's variable amount.

local stairs = pricing.tiers { mode = "stairstep", { upto = 10, price = "50 $" },
                               { upto = 20, price = "100 $" }, { upto = 50, flat = "150 $" } }
-- Beyond its bound the last tier goes on.
expect(stairs, { [0] = "50 $", [10] = "50 $", [11] = "100 $", [25] = "150 $", [100] = "150 $" })
check.equal(stairs:marginal(5), "0 $")
check.equal(stairs:average(25), "6 $")
-- What Solvimon calls a stair adds up: graduated, with fees alone.
expect(pricing.tiers { { upto = 100, flat = "25 $" }, { upto = 1000, flat = "20 $" },
                       { flat = "15 $" } }, { [200] = "45 $" })

-- --- Packages. OpenMeter; Lago; Chargebee; Stigg.

local packages = pricing.tiers { mode = "package", size = 20, price = "10 $" }
expect(packages, { [0] = "0 $", [20] = "10 $", [20.1] = "20 $", [98] = "50 $" })
check.equal(packages:marginal(3), "0.5 $")
check.equal(packages:average(98), q "50 $" / 98)
expect(pricing.tiers { mode = "package", { size = 20, price = "10 $" } }, { [98] = "50 $" })
expect(pricing.tiers { mode = "package", size = 10, price = "15 $" }, { [110] = "165 $" })
expect(pricing.tiers { mode = "package", size = 10, price = "15 $", maximum = "100 $" },
       { [110] = "100 $" })
expect(pricing.tiers { mode = "package", size = 10, price = "15 $", minimum = "100 $" },
       { [0] = "100 $" })
expect(pricing.tiers { mode = "package", size = 10, price = "15 $", minimum = "one" },
       { [0] = "15 $", [10] = "15 $", [11] = "30 $" })
local free = pricing.tiers { mode = "package", size = 100, price = "5 $", free = 100 }
expect(free, { [201] = "10 $", [100] = "0 $", [101] = "5 $", [0] = "0 $" })
check.equal(free:marginal(99), "0 $")
check.equal(free:marginal(100), "0.05 $")
local mtok = pricing.tiers { mode = "package", size = "1 Mtok", price = "1.25 $" }
expect(mtok, { ["10 tok"] = "1.25 $", ["1 Mtok"] = "1.25 $", ["1.5 Mtok"] = "2.5 $" })
-- A price per unit is that of what a package holds.
expect(pricing.tiers { mode = "package", size = "5 Mtok", price = "2 $/Mtok" },
       { ["6 Mtok"] = "20 $" })
-- Rounding of the quotient makes no package: 0.3/0.1 is a little less than 3.
expect(pricing.tiers { mode = "package", size = 0.1, price = "1 $" },
       { [0.3] = "3 $", [0.30001] = "4 $" })

-- --- Units: rates, per user, seats, `per`.

local api = pricing.tiers { { upto = "10 Mtok", price = "5 $/Mtok", flat = "2 $" },
                            { price = "3 $/Mtok" } }
expect(api, { ["15 Mtok"] = "67 $", ["15 Mtok/mo"] = "67 $/mo", ["180 Mtok/yr"] = "804 $/yr",
              ["15 Mtok/user/mo"] = "67 $/user/mo", [15] = "67 $" })
check.is_true(tostring(api:charge "180 Mtok/yr") == "804 $/yr", "is shown per year")
check.is_true(tostring(api:charge "15 Mtok/user/mo") == "67 $/user/mo", "is shown per user")
check.equal(api:average "15 Mtok/mo", q "67 $" / "15 Mtok")
check.equal(api:marginal "15 Mtok/mo", "3 $/Mtok")
-- 72 fonts a year, evenly: 12 x graduated(6), or graduated(72).
stripe.edges, stripe.billing = "touching", "month"
check.equal(pricing.tiers(stripe):charge(q(72) / "1 yr"), "498 $/yr")
stripe.billing = "year"
check.equal(pricing.tiers(stripe):charge(q(72) / "1 yr"), "439.5 $/yr")
stripe.billing = "quarter"
check.equal(pricing.tiers(stripe):charge(q(72) / "1 yr"), "462 $/yr")
check.equal(pricing.tiers { mode = "package", size = 10, price = "1 $" }:charge(q(1) / "1 mo"),
            "1 $/mo")

local seats = pricing.tiers {
  { upto = 5, price = "10 $/seat/mo" }, { upto = 10, price = "9 $/seat/mo" },
  { upto = 20, price = "8 $/seat/mo" }, { price = "7 $/seat/mo" } }
expect(seats, { [15] = "135 $/mo", ["15 seat"] = "135 $/mo" })
check.equal(seats:average "15 seat", "9 $/seat/mo")
local plain = pricing.tiers { per = "Mtok", { upto = 10, price = "5 $" }, { price = "3 $/Mtok" } }
expect(plain, { ["15 Mtok"] = "65 $" })
expect(pricing.tiers { per = "1000 request", { upto = 2, price = "1 $" }, { price = "0.5 $" } },
       { ["5000 request"] = "3.5 $" })
expect(pricing.tiers { { upto = math.huge, price = "2 $" } }, { [7] = "14 $" })
expect(pricing.tiers { { upto = 5, price = 7 }, { price = 6 } }, { [6] = 41 })
-- Prices per so many.
local millions = pricing.tiers { { upto = "10 M request", price = "12 $/M request" },
                                 { price = "8 $/M request" } }
expect(millions, { ["12 M request"] = "136 $", ["30 M request/mo"] = "280 $/mo" })
shows(millions:average "12 M request", "11.3333 $/M request")
shows(millions:marginal "12 M request", "8 $/M request")
local thousands = pricing.tiers { { upto = "10 k request", price = "1.2 $/k request" },
                                  { price = "0.5 $/k request" } }
expect(thousands, { ["12 k request"] = "13 $", ["12000 request/mo"] = "13 $/mo" })
shows(thousands:marginal "12 k request", "0.5 $/k request")
-- What is free does not say what prices are shown per.
local generous = pricing.tiers { { upto = "10 k request", price = "0 $/request" },
                                 { price = "8 $/M request" } }
expect(generous, { ["12 k request"] = "0.016 $", ["10 k request"] = "0 $" })
shows(generous:average "12 k request", "1.33333 $/M request")
shows(generous:average(0), "0 $/M request")
-- A package of none: none is bought.
check.equal(pricing.tiers { mode = "package", size = 0 * q "1 to 2 1", price = "5 $" }:charge(3),
            "0 $")
-- Fees, bounds and limits may be written per time.
expect(pricing.tiers { minimum = "50 $/mo", { upto = "10 Mtok/mo", price = "5 $/Mtok",
                                              flat = "20 $/mo" }, { price = "3 $/Mtok" } },
       { ["15 Mtok/mo"] = "85 $/mo", ["1 Mtok/mo"] = "50 $/mo" })
-- `from` may be said, with touching or with whole bounds.
expect(pricing.tiers { { from = 1, upto = 5, price = "7 $" }, { from = 6, price = "6 $" } },
       { [6] = "41 $" })

-- --- Uncertain, and over periods.

local a = assume { usage = "2 to 40 Mtok", first = "uniform(8, 12) Mtok",
                   second = "uniform(15, 25) Mtok", p1 = "4 to 6 $/Mtok",
                   p2 = "2 to 4 $/Mtok", p3 = "1 to 2 $/Mtok",
                   f1 = "1 to 3 $", f2 = "2 to 5 $", scale = "0.5 to 2 1" }
local rows = { { upto = a.first, price = a.p1, flat = a.f1 },
               { upto = a.second, price = a.p2, flat = a.f2 }, { price = a.p3 } }
local uncertain = pricing.tiers(rows)
local charge = uncertain:charge(a.usage)
check.varies(charge)
local function part(low, high) return max(min(a.usage, high) - low, 0) end
check.same(charge, a.f1 + when(a.usage:above(a.first), a.f2, 0) + part(0, a.first) * a.p1
                   + part(a.first, a.second) * a.p2 + part(a.second, math.huge) * a.p3)
check.same(uncertain:average(a.usage) * a.usage, charge)
-- The marginal price is what a little more costs, away from bounds.
local little = q "1 tok"
local near = abs(a.usage - a.first):below "10 tok" | abs(a.usage - a.second):below "10 tok"
local slope = (uncertain:charge(a.usage + little) - charge) / little
check.always(near | abs(slope - uncertain:marginal(a.usage)):below "0.0001 $/Mtok")
-- Twice the bounds and fees: twice the charge for twice the usage.
local doubled = pricing.tiers {
  { upto = a.first * a.scale, price = a.p1, flat = a.f1 * a.scale },
  { upto = a.second * a.scale, price = a.p2, flat = a.f2 * a.scale }, { price = a.p3 } }
check.same(doubled:charge(a.usage * a.scale), charge * a.scale)
rows.mode = "volume"
check.same(pricing.tiers(rows):charge(a.usage),
           when(a.usage:at_most(a.first), a.usage * a.p1 + a.f1,
                when(a.usage:at_most(a.second), a.usage * a.p2 + a.f2, a.usage * a.p3)))
rows.mode = nil
-- Graduated charges rise with usage, and a bound that is not above the one before is no tier.
check.always(uncertain:charge(a.usage * 1.1):at_least(charge))
local crossed = pricing.tiers {
  { upto = a.first, price = a.p1 }, { upto = a.first * 0.5, price = a.p2 }, { price = a.p3 } }
check.same(crossed:charge(a.usage), part(0, a.first) * a.p1 + part(a.first, math.huge) * a.p3)
local empty = pricing.tiers { { upto = 10, price = "1 $", flat = "2 $" },
                              { upto = "uniform(3, 6) 1", price = "1 $", flat = "100 $" },
                              { price = "1 $", flat = "4 $" } }
check.same(empty:charge(12), q "18 $")
check.same(empty:charge(10), q "12 $")

horizon { from = "2026-01", periods = 4 }
local usage = grow("12 Mtok/mo", "100 %/yr")
local bill = api:charge(usage)
for t in periods() do check.equal(bill[t], api:charge(usage[t])) end
local falling = pricing.tiers { { upto = "10 Mtok", price = grow("5 $/Mtok", "-50 %/yr") },
                                { price = "1 $/Mtok" } }
check.equal(falling:charge("15 Mtok", 1), "55 $")
check.equal(falling:charge "15 Mtok"[3], falling:charge("15 Mtok", 3))
check.equal(falling:marginal("5 Mtok", 1), "5 $/Mtok")

check.options(function(o)
  return pricing.tiers { free = o.free, minimum = o.minimum, maximum = o.maximum,
                         { upto = o.upto, price = o.price, flat = o.flat },
                         { price = o.last } }:charge(o.usage)
end, { upto = "10 Mtok", price = "5 $/Mtok", flat = "2 $", last = "3 $/Mtok", usage = "15 Mtok",
       free = "1 Mtok", minimum = 0, maximum = "1000 $" },
     { upto = "9 to 11 Mtok", price = "4 to 6 $/Mtok", flat = "1 to 3 $", last = "2 to 4 $/Mtok",
       usage = "12 to 20 Mtok", free = "0.5 to 2 Mtok", minimum = "60 to 90 $",
       maximum = "20 to 80 $" },
     -- In the message the price of the last tier is a price, usage by position an argument.
     { last = "7 request^3 last", usage = "7 request^3" })
check.options(function(o) return pricing.tiers(o):charge "55 Mtok" end,
              { mode = "package", size = "20 Mtok", price = "10 $", free = "5 Mtok" },
              { size = "15 to 25 Mtok", price = "8 to 12 $", free = "1 to 40 Mtok" },
              { size = "-1 Mtok" })

for _, name in ipairs { "charge", "average", "marginal" } do
  check.options(function(o) return api[name](api, o.usage) end, {}, { usage = "2 to 40 Mtok/mo" })
end
check.equal(api:average "0 Mtok", "0 $/Mtok")

-- --- What is refused.

local function refuses(text, options) check.fails(text, function() pricing.tiers(options) end) end
refuses("there are no tiers: give at least one, as in { upto = 10,", {})
refuses("there are no tiers: give at least one, as in { upto = 10,", { tiers = {} })
refuses("tiers must be a list", { tiers = "5 $" })
refuses("row 1 must be a table", { tiers = { "5 $" } })
refuses("there are tiers both in the list tiers and beside it",
        { tiers = { { price = "5 $" } }, { price = "4 $" } })
refuses("upto and up_to of tier 1 are the same", { { upto = 1, up_to = 1, price = "5 $" } })
refuses("did you mean \"up_to\"?", { tiers = { { up_tp = 1, price = "5 $" } } })
-- The list may have a name, and bounds two words.
local named = { { up_to = "10 Mtok", price = "5 $/Mtok" }, { price = "3 $/Mtok" } }
check.equal(pricing.tiers(named):charge "15 Mtok", "65 $")
check.equal(pricing.tiers { tiers = named }:charge "15 Mtok", "65 $")
check.equal(pricing.tiers { tiers = named, mode = "volume", free = "1 Mtok", billing = "year",
                            minimum = "50 $" }:charge "15 Mtok/yr", "50 $/yr")
check.equal(pricing.tiers { mode = "volume", tiers = { { up_to = "5 to 20 1", price = "2 $" } } }
            :charge(3), "6 $")
check.equal(pricing.tiers { tiers = named }:average(0), "0 $/Mtok")
check.equal(pricing.tiers { mode = "package", size = 10, price = "5 $" }:average(0), "0 $")
refuses("upto of tier 2 must be above that of tier 1", { { upto = 10, price = "5 $" },
                                                         { upto = 10, price = "4 $" } })
refuses("upto of tier 1 must be above", { { upto = 0, price = "5 $" }, { price = "4 $" } })
refuses("upto of tier 1 is missing", { { price = "5 $" }, { price = "4 $" } })
refuses("tier 1 has no price", { { upto = 10 } })
refuses("from of tier 2 leaves a gap", { { upto = 10, price = "5 $" },
                                         { from = 15, price = "4 $" } })
refuses("price of tier 2 must be money", { { upto = 10, price = "5 $" }, { price = "4 GW" } })
refuses("price of tier 1 must be money", { per = "Mtok", { price = 5 } })
refuses("size is missing", { mode = "package", price = "5 $" })
refuses("price is missing", { mode = "package", size = 5 })
refuses("size must be above 0", { mode = "package", size = 0, price = "5 $" })
refuses("minimum = \"one\" is one package", { minimum = "one", { price = "5 $" } })
refuses("mode must be graduated, volume, package or stairstep", { mode = "bulk",
                                                                  { price = "5 $" } })
refuses("size is of packages", { size = 5, { price = "5 $" } })
refuses("tier 1 has price and flat", { mode = "stairstep", { price = "5 $", flat = "3 $" } })
refuses("per must be", { per = "0 Mtok", { price = "5 $" } })
check.fails("usage must be in Mtok", function() api:charge "5 GW" end)
check.fails("the prices are per time already", function() seats:charge(q "15 seat" / "1 mo") end)
check.fails("give per", function() lago:charge "5 GW" end)
check.done()
