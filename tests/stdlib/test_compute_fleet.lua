-- Fleets in years: arrival, age, retirement, payments and what they come to.
local check = require "check"
horizon { from = "2026", to = "2045" }

local function ordered(options, order_options, gw)
  local fleet = compute.fleet(options)
  fleet:order(1, gw or "1 GW", order_options)
  return fleet
end

-- Lead times and lives: means over the periods.
check.equal(ordered { lead = "1 yr", life = "2 yr" }:online(), { "0 GW", "1 GW", "1 GW", "0 GW" })
check.equal(ordered { lead = "15 mo", life = "3 yr" }:online(),
            { "0 GW", "0.75 GW", "1 GW", "1 GW", "0.25 GW", "0 GW" })
check.equal(ordered {}:online(20), "1 GW")
check.equal(ordered { lead = "30 yr" }:online(20), "0 GW")
check.equal(ordered { lead = "20 yr" }:online(20), "0 GW")
check.equal(ordered { lead = "19 yr" }:online(20), "1 GW")
check.equal(ordered { lead = dist.uniform("1 yr", "2 yr") }:online(2), "0.5 GW", "0.01 GW")
check.always(ordered { lead = dist.uniform("1 yr", "2 yr") }:online(3):equals "1 GW")
check.always(ordered { lead = dist.normal("0 yr", "1 yr") }:online(1):at_most "1 GW")
check.equal(ordered { pue = 1.25 }:facility(1), "1.25 GW_facility")
check.equal(ordered({ pue = 1.25 }, nil, "1.25 GW_facility"):online(1), "1 GW")

-- Stages.
local forty = { { share = "40 %", after = "1 yr" }, { share = "30 %", after = "18 mo" },
                { 0.3, "2 yr" } }
check.equal(ordered { stages = forty }:online(), { "0 GW", "0.55 GW", "1 GW" })
check.equal(ordered { stages = 3, lead = "3 yr" }:online(),
            { "0 GW", q "1 GW" / 3, q "2 GW" / 3, "1 GW" })
check.equal(ordered({ lead = "3 yr" }, { stages = forty }):online(2), "0.55 GW")
check.equal(ordered({ stages = 2, lead = "3 yr" }, { lead = "2 yr" }):online(),
            { "0 GW", "0.5 GW", "1 GW" })

-- What there is at the start, by its age.
local function opening(age)
  return compute.fleet { online = "1 GW", age = age, life = "5 yr", capex = "40 $bn/GW" }
end
check.equal(opening():online(5), "1 GW")
check.equal(opening():online(6), "0 GW")
check.equal(opening "2 yr":online(3), "1 GW")
check.equal(opening "2 yr":online(4), "0 GW")
check.equal(opening "2 yr":book_value(0), "24 $bn")
check.equal(opening "2 yr":depreciation():total(), "24 $bn")
check.equal(opening "7 yr":online(1), "0 GW")
check.equal(opening "7 yr":depreciation(1), "0 $bn/yr")
check.equal(opening "7 yr":online(0), "1 GW")
check.equal(opening "permanent":online(20), "1 GW")
check.equal(opening "permanent":depreciation(3), "0 $bn/yr")
check.equal(opening "spread":online(), { "0.9 GW", "0.7 GW", "0.5 GW", "0.3 GW", "0.1 GW", "0 GW" })
check.equal(opening "spread":retired(),
            { "0.1 GW", "0.2 GW", "0.2 GW", "0.2 GW", "0.2 GW", "0.1 GW" })
check.equal(opening "spread":depreciation():total(), "20 $bn")
check.equal(opening "spread":book_value(20), "0 $bn", "1 $")
check.equal(compute.fleet { online = "1 GW", life = "5 yr", capex = "40 $bn/GW",
                            book = "10 $bn" }:depreciation(1), "2 $bn/yr")
check.equal(compute.fleet { online = "1 GW", life = "5 yr", book = "10 $bn" }:depreciation(1),
            "2 $bn/yr")
check.equal(opening():capex():total(), "0 $bn")

-- Prices: of IT, at the meter, in the period of the order, by part, of the whole order.
check.equal(ordered({ capex = "38 $bn/GW", life = "5 yr" }):capex(1), "38 $bn/yr")
check.equal(ordered({ capex = "38 $bn/GW", life = "5 yr" }):depreciation(5), "7.6 $bn/yr")
check.equal(ordered({ capex = "38 $bn/GW", life = "5 yr" }):depreciation(6), "0 $bn/yr")
local colossus = q "44 $bn" / q "1.494 GW_facility"
check.equal(colossus:as "$bn/GW_facility", "29.4511 $bn/GW_facility", "0.0001 $bn/GW_facility")
check.equal(ordered({ capex = colossus, pue = 1.25 }):capex(1), "36.8139 $bn/yr", "0.0001 $bn/yr")
check.equal(ordered({ opex = "1 $bn/GW_facility/yr", pue = 1.1 }):cost(1), "1.1 $bn/yr")
local falling = compute.fleet { capex = grow("40 $bn/GW", "-50 %/yr") }
falling:order(1, "1 GW")
falling:order(3, "1 GW")
check.equal(falling:capex(), { "40 $bn/yr", "0 $bn/yr", "10 $bn/yr", "0 $bn/yr" })
check.equal(ordered({}, { price = "7 $bn" }, "3 GW"):capex(1), "7 $bn/yr")
check.equal(ordered({ capex = "9 $bn/GW" }, { capex = "7 $bn/GW" }, "3 GW"):capex(1), "21 $bn/yr")
check.equal(ordered({ life = "5 yr", capex = "9 $bn/GW" }, { life = "3 yr" }):depreciation(1),
            "3 $bn/yr")

-- IT and facility with lives of their own: Epoch's GW (May 2026), 25.1 and 12.9 of 38 $bn.
local parts = { it = "25.1 $bn/GW", facility = "12.9 $bn/GW" }
for life, cost in pairs { ["3 yr"] = "11.939 $bn/yr", ["5 yr"] = "8.497 $bn/yr",
                          ["7 yr"] = "7.032 $bn/yr" } do
  local fleet = ordered { capex = parts, life = { it = life, facility = "14 yr" },
                          opex = "0.9 $bn/GW/yr", rate = "7 %/yr" }
  check.equal(fleet:annuity(1) + fleet:cost(1), cost, "0.001 $bn/yr")
  check.equal(fleet:annuity(1, "7 %/yr"), fleet:annuity(1))
end
local epoch = ordered { capex = parts, life = { it = "5 yr", facility = "14 yr" },
                        opex = "0.9 $bn/GW/yr" }
check.equal(epoch:depreciation(1) + epoch:cost(1), "6.841 $bn/yr", "0.001 $bn/yr")
check.equal(epoch:annuity(1, 0), epoch:depreciation(1))
check.equal(epoch:online(5), "1 GW")
check.equal(epoch:online(6), "0 GW")
check.equal(epoch:depreciation(6), q "12.9 $bn" / "14 yr")
check.equal(epoch:depreciation():total(), "38 $bn")

-- Payment.
local function paid(pay, lead)
  return ordered { capex = "40 $bn/GW", life = "5 yr", lead = lead, pay = pay }:capex()
end
check.equal(paid("order", "2 yr"), { "40 $bn/yr", "0 $bn/yr", "0 $bn/yr" })
check.equal(paid("delivery", "2 yr"), { "0 $bn/yr", "0 $bn/yr", "40 $bn/yr", "0 $bn/yr" })
check.equal(paid("delivery", "15 mo"), { "0 $bn/yr", "40 $bn/yr", "0 $bn/yr" })
check.equal(paid("spread", "2 yr"), { "20 $bn/yr", "20 $bn/yr", "0 $bn/yr" })
check.equal(paid("spread", "30 mo"), { "16 $bn/yr", "16 $bn/yr", "8 $bn/yr", "0 $bn/yr" })
check.equal(paid("spread", 0), { "40 $bn/yr", "0 $bn/yr" })
check.equal(paid("spread", "6 mo"), { "40 $bn/yr", "0 $bn/yr" })
check.equal(paid("spread", "40 yr"):total(), "20 $bn")

-- A change of life is prospective.
local revised = ordered { capex = "38 $bn/GW", life = "5 yr" }
check.equal(revised:depreciation(2), "7.6 $bn/yr")
check.equal(revised:book_value(2), "22.8 $bn")
revised:revise(3, "4 yr")
check.equal(revised:depreciation(), { "7.6 $bn/yr", "7.6 $bn/yr", "11.4 $bn/yr", "11.4 $bn/yr",
                                      "0 $bn/yr" })
check.equal(revised:online(4), "1 GW")
check.equal(revised:online(5), "0 GW")
check.equal(revised:retired(5), "1 GW")
local longer = ordered { capex = "38 $bn/GW", life = "4 yr", lead = "6 mo" }
longer:revise(3, "6 yr")
check.equal(longer:depreciation():total(), "38 $bn")
check.equal(longer:online():total(), "6 GW yr")
check.equal(longer:delivered():sum(), "1 GW")
check.equal(longer:retired():sum(), "1 GW")
local aged = opening "2 yr"
aged:revise(2, "6 yr")
check.equal(aged:online(4), "1 GW")
check.equal(aged:online(5), "0 GW")
check.equal(aged:depreciation(2), q "16 $bn" / "3 yr")
local overdue = opening "2 yr"
overdue:revise(2, "1 yr")
check.equal(overdue:depreciation(2), "16 $bn/yr")
check.equal(overdue:online(3), "0 GW")

-- Electricity: 1 GW of IT at 0.0826 $/kWh.
local function power(pue, load)
  return ordered { pue = pue, power_price = "0.0826 $/kWh", load = load }:cost(1)
end
check.equal(power(1.1), "0.7965 $bn/yr", "0.0001 $bn/yr")
check.equal(power(1.25), "0.9051 $bn/yr", "0.0001 $bn/yr")
check.equal(power(1.25, 0.8), "0.7241 $bn/yr", "0.0001 $bn/yr")
check.equal(ordered { power_price = "82.6 $/MWh_facility" }:power(1),
            ordered { power_price = "0.0826 $/kWh" }:power(1))
check.equal(ordered {}:power(1), "0 $bn/yr")
check.equal(compute.fleet {}:cost(1), "0 $bn/yr")
check.equal(compute.fleet {}:capex(1), "0 $bn/yr")
check.equal(compute.fleet {}:depreciation(1), "0 $bn/yr")

-- Everything that may be uncertain reaches the result; what has the wrong unit is named.
check.options(function(o)
  local fleet = compute.fleet(o)
  fleet:order(1, "1 GW")
  fleet:rent(2, "1 GW")
  local scale = q "1 $bn/yr"
  return (fleet:cost(2) + fleet:depreciation(2) + fleet:annuity(2) + fleet:capex(2)) / scale
         + fleet:serve(2, "9 GW") / q "1 GW" + fleet:serve(3, "9 GW") / q "1 GW"
end, { online = "1 GW", capex = "38 $bn/GW", opex = "1 $bn/GW/yr", life = "5 yr", lead = "18 mo",
       pue = 1.2, power_price = "0.08 $/kWh", rent_price = "13 $bn/GW/yr", rate = "8 %/yr",
       pay = "spread" },
{ online = "1 to 2 GW", age = "1 to 2 yr", book = "10 to 20 $bn", capex = "30 to 40 $bn/GW",
  opex = "1 to 2 $bn/GW/yr", life = "4 to 6 yr", lead = "12 to 24 mo", pue = "1.1 to 1.3",
  power_price = "0.07 to 0.09 $/kWh", load = "0.5 to 0.6", utilisation = "0.5 to 0.6",
  rent_price = "12 to 15 $bn/GW/yr", rate = "7 to 9 %/yr" })

-- --- Conservation, where everything is uncertain.

local a = assume { lead = "uniform(0.25, 4) yr", life = "uniform(0.5, 8) yr", gw = "0.1 to 0.9 GW",
                   capex = "30 to 50 $bn/GW" }
for _, pay in ipairs { "order", "delivery", "spread" } do
  local fleet = compute.fleet { capex = a.capex, life = a.life, lead = a.lead, pay = pay }
  local bought, cost = q "0 GW", q "0 $bn"
  for t = 1, 4 do
    local gw = a.gw * t
    fleet:order(t, gw)
    bought, cost = bought + gw, cost + gw * a.capex
  end
  check.varies(fleet:online(4))
  check.same(fleet:delivered():sum(), bought)
  check.same(fleet:retired():sum(), bought)
  check.same(fleet:online():total(), bought * a.life)
  check.same(fleet:capex():total(), cost)
  check.same(fleet:depreciation():total(), cost)
  check.always(fleet:book_value():above "-1 $")
  check.always(abs(fleet:book_value(20)):below "1 $")
  check.always(fleet:retired():at_least "-1 W")
  local left = fleet:owned(0)
  for t in periods() do
    left = left + fleet:delivered(t) - fleet:retired(t)
    check.always(abs(left - fleet:owned(t)):below "1 W")
  end
end

-- Uncertain leads and lives that do not vary are the same as constants.
local function both(lead, life)
  local sure = compute.fleet { capex = "38 $bn/GW", lead = lead, life = life, pay = "spread" }
  local zero = dist.uniform(-1e-300, 1e-300)
  local unsure = compute.fleet { capex = "38 $bn/GW", lead = q(lead) + zero * "1 yr",
                                 life = q(life) + zero * "1 yr", pay = "spread" }
  for t = 1, 5 do
    sure:order(t, q "1 GW" * t)
    unsure:order(t, q "1 GW" * t)
  end
  for _, result in ipairs { "online", "capex", "delivered", "retired" } do
    local x = sure[result](sure)
    check.always(abs(x - unsure[result](unsure)):at_most(1e-12 * x:max()))
  end
  check.same(sure:depreciation(4), unsure:depreciation(4))
end
both("0 yr", "3 yr")
both("15 mo", "40 mo")
both("3 yr", "50 yr")

-- An order of its own lead is a draw of its own.
local each = compute.fleet {}
each:order(1, "1 GW", { lead = "12 to 24 mo" })
each:order(1, "1 GW", { lead = "12 to 24 mo" })
check.varies(each:online(2))
check.always(each:online(4):at_most "2 GW")

check.done()
