-- Annuities, electricity, accelerators, tokens and total cost of ownership; no horizon.
local check = require "check"

-- --- Annuity: the capital recovery factor at 7 %.

local function crf(years) return compute.annuity("1 $", years, "7 %/yr") end
check.equal(crf "3 yr", "0.381052 $/yr", "1e-6 $/yr")
check.equal(crf "5 yr", "0.243891 $/yr", "1e-6 $/yr")
check.equal(crf "7 yr", "0.185553 $/yr", "1e-6 $/yr")
check.equal(crf "14 yr", "0.114345 $/yr", "1e-6 $/yr")
check.equal(compute.annuity("10 $bn", "5 yr", 0), "2 $bn/yr")
check.equal(compute.annuity("10 $bn", "5 yr", 0, { compounding = "monthly" }), "2 $bn/yr")
check.equal(compute.annuity("20.5 $bn/GW", "5 yr", "7 %/yr"), "5 $bn/GW/yr", "0.01 $bn/GW/yr")
local rate = q "uniform(0, 0.2)"
local factor = compute.annuity(q "1 $", "5 yr", rate)
check.always(factor:at_least "0.2 $/yr")
check.always(factor:at_most((q(0.2) + rate) * "1 $/yr"))
check.equal(compute.annuity(q "1 $", "5 yr", dist.discrete { { 0, 1 }, { 1e-12, 1 } }), "0.2 $/yr",
            "1e-4 $/yr")
check.options(function(o) return compute.annuity(o.capex, o.life, o.rate) end,
              { capex = "38 $bn", life = "5 yr", rate = "7 %/yr" },
              { capex = "30 to 40 $bn", life = "4 to 6 yr", rate = "6 to 8 %/yr" },
              { capex = {} })

-- Hamilton's month of a large data centre (2010): servers, network, power and cooling.
local function month(x, life)
  return compute.annuity(x, life, "5 %/yr", { compounding = "monthly" }) * "1 mo"
end
check.equal(month(q "1450 $" * 45978, "36 mo"), "1,998,103 $", "1 $")
check.equal(month("72 $M", "120 mo"), "763,672 $", "1 $")
check.equal(month("12.8 $M", "48 mo"), "294,775 $", "1 $")
check.equal(compute.energy("8 MW", 1.45, "0.07 $/kWh") * 0.8 * "730 h", "474,208 $", "1 $")
-- Barroso et al.: $ per W and month.
check.equal(compute.annuity("10 $/W", "12 yr", "8 %/yr", { compounding = "monthly" }):as "$/W/mo",
            "0.108245 $/W/mo", "1e-6 $/W/mo")
check.equal(compute.annuity("8 $/W", "3 yr", "8 %/yr", { compounding = "monthly" }):as "$/W/mo",
            "0.250691 $/W/mo", "1e-6 $/W/mo")

-- --- Electricity and accelerators.

check.equal(compute.energy("1 GW", 1.1, "0.0826 $/kWh"), "0.7965 $bn/yr", "0.0001 $bn/yr")
check.equal(compute.energy("1 GW", "1.25 GW_facility/GW", "82.6 $/MWh_facility") * "8760 h",
            "0.90447 $bn", "1e-5 $bn")
check.equal(compute.energy("5.6 kW", 1.4, "0.1 $/kWh") + compute.energy("2 kW", 1.4, "0.1 $/kWh"),
            "1.064 $/h")
local site = { power = "50 MW", per_chip = "1 kW", overhead = 1.3, pue = 1.2 }
check.equal(floor(compute.accelerators(site)), 32051)
check.equal(round(compute.accelerators { power = "1 GW", per_chip = "2083 W" }), 480077)
unit("gpu")
check.equal(compute.accelerators { power = "1 MW_facility", per_chip = "2 kW/gpu" }, "500 gpu")
check.options(function(o) return compute.accelerators(o) end, site,
              { power = "40 to 60 MW", per_chip = "0.9 to 1.1 kW", overhead = "1.2 to 1.4",
                pue = "1.1 to 1.3" }, { per_chip = {} })

-- --- Tokens.

local chips = compute.accelerators { power = "1 GW", per_chip = "2083 W" }
local blackwell = chips * "1000 tok/s" / "1 GW"
local tokens = compute.tokens { per_gw = blackwell }
check.equal(tokens:per_gw(), "1.5150e16 tok/GW/yr", "1e12 tok/GW/yr")
check.equal(tokens:cost "13.5 $bn/GW/yr", "0.8911 $/Mtok", "0.0001 $/Mtok")
check.equal(tokens:served "2 GW", blackwell * "2 GW")
check.equal(tokens:needed(tokens:served "2 GW"), "2 GW")
check.equal(tokens:served(q "0 GW"), "0 tok/yr")
local busy = compute.tokens { per_gw = blackwell, utilisation = "60 %" }
check.equal(busy:cost "13.5 $bn/GW/yr", "1.4851 $/Mtok", "0.0001 $/Mtok")
check.equal(compute.tokens { per_gw = "1000 tok/s/MW" }:per_gw(), "3.15576e13 tok/GW/yr")
check.options(function(o) return compute.tokens(o):cost "13 $bn/GW/yr" end,
              { per_gw = "1e16 tok/GW/yr" },
              { per_gw = "1e16 to 2e16 tok/GW/yr", utilisation = "0.5 to 0.6" })
check.fails("token_rate:served: gw must be power", function() tokens:served "5 $" end)
check.fails("token_rate:served: gw is missing, as in \"2 GW\"", function() tokens:served() end)
check.fails("gw_price must be money per power", function() tokens:cost "5 $/h" end)

-- --- Ownership against renting.

-- Lenovo LP2225 (2025): 8 H100, hours of use after which owning has cost less.
local function lenovo(price, utilisation)
  return compute.tco {
    own = { capex = "833,806 $", life = "43800 h", running = "0.87 $/h" },
    cloud = { price = price }, utilisation = utilisation,
  }
end
check.equal(lenovo "98.32 $/h":break_even_hours(), "8556.24 h", "0.01 h")
check.equal(lenovo "77.43 $/h":break_even_hours(), "10890.88 h", "0.01 h")
check.equal(lenovo "53.95 $/h":break_even_hours(), "15708.48 h", "0.01 h")
check.equal(lenovo("98.32 $/h", 0.5):break_even_hours(), "8556.24 h", "0.01 h")
check.equal(lenovo("98.32 $/h", 0.5):payback(), q "8556.24 h" * 2, "0.02 h")
check.equal(lenovo "98.32 $/h":total "own", "871,912 $", "1 $")
check.equal(lenovo "98.32 $/h":total "cloud", "4,306,416 $", "1 $")
check.equal(lenovo "98.32 $/h":saving(), "3,434,504 $", "1 $")
-- Break-even utilisation over five years, by who pays the running cost when.
local function utilisation(own, options)
  local o = { own = own, cloud = { price = "98.32 $/h" } }
  for key, value in pairs(options or {}) do o[key] = value end
  return compute.tco(o):break_even()
end
check.equal(utilisation { capex = "833,806 $", life = "5 yr", running = "0.87 $/h" }, 0.19521, 1e-5)
check.equal(utilisation { capex = "833,806 $", life = "5 yr", opex = "0.87 $/h" }, 0.20234, 1e-5)
check.equal(utilisation({ capex = "833,806 $", life = "5 yr", opex = "0.87 $/h" },
                        { rate = "7 %/yr" }), 0.2448, 1e-5)
check.equal(q "4.8 h/day", "20 %")

-- 64 accelerators by the hour: capex of the whole, price of each.
local function console(more)
  local o = { own = { capex = "1.92 $M", opex = q "728,681 $" / "35040 h", life = "35040 h" },
              cloud = { price = "2 $/h" }, units = 64, utilisation = "70 %" }
  for key, value in pairs(more or {}) do o[key] = value end
  return compute.tco(o)
end
check.equal(console():total "own", "2,648,681 $", "1 $")
check.equal(console():total "cloud", "3,139,584 $", "1 $")
check.equal(console():saving(), "490,903 $", "1 $")
check.equal(console():break_even(), 0.59055, 1e-5)
check.equal(console():payback() / "8760 h", 3.1855, 1e-4)
check.equal(console { over = "4 yr" }:npv "10 %/yr", "-9.44 $k", "2 $k")
check.equal(console():per_hour "cloud", "2 $/h")
check.same(console():per_hour "own", console():annual "own" / (64 * 0.7))
-- The same with a unit of its own, and per unit.
local per_gpu = compute.tco {
  own = { capex = "30 $k/gpu", opex = "0.1 $/gpu/h", life = "4 yr" },
  cloud = { price = "2 $/gpu/h" }, units = "64 gpu", utilisation = "70 %" }
check.equal(per_gpu:total "cloud", q "2 $/h" * 64 * 0.7 * "4 yr")
check.equal(per_gpu:total "own", q "30 $k" * 64 + q "0.1 $/h" * 64 * "4 yr")
check.equal(per_gpu:per_hour "cloud", "2 $/gpu/h")

check.is_true(tostring(per_gpu:per_hour "own") == "1.36511 $/gpu/h",
              "an hour of a gpu is shown per hour, not as " .. tostring(per_gpu:per_hour "own"))
check.same(per_gpu:per_hour "own", per_gpu:annual "own" / ("64 gpu" * q "70 %"))

-- A GW, with parts that last differently: Epoch's 8.5 against a rent of 13.5.
local function gw(rate, units)
  return compute.tco {
    own = { capex = { it = "25.1 $bn/GW", facility = "12.9 $bn/GW" },
            life = { it = "5 yr", facility = "14 yr" }, opex = "0.9 $bn/GW/yr" },
    cloud = { price = "13.5 $bn/GW/yr" }, rate = rate, units = units }
end
check.equal(gw "7 %/yr":annual "own", "8.497 $bn/GW/yr", "0.001 $bn/GW/yr")
check.equal(gw():annual "own", "6.841 $bn/GW/yr", "0.001 $bn/GW/yr")
check.equal(gw("7 %/yr", "2 GW"):annual "own", "16.993 $bn/yr", "0.001 $bn/yr")
check.equal(gw "7 %/yr":break_even(), 8.4967 / 13.5, 1e-5)
check.equal(gw("7 %/yr", "2 GW"):break_even(), gw "7 %/yr":break_even())

check.is_true(tostring(gw():per_hour "own"):match " %$/GW/h$" ~= nil,
              "an hour of a GW is shown per hour, not as " .. tostring(gw():per_hour "own"))

-- The present value is at the rate of the comparison where it is given none.
check.same(gw "7 %/yr":npv(), gw "7 %/yr":npv "7 %/yr")
check.same(gw "7 %/yr":npv(nil, "cloud", "own"), -gw "7 %/yr":npv())
check.fails("tco:npv: rate is missing: the discount rate, as in \"8 %/yr\", here or given to "
            .. "compute.tco", function() gw():npv() end)

-- Prices at the meter are converted with the PUE, which must be there; where all are at the meter
-- there is nothing to convert.
local function at_meter(pue, units)
  return compute.tco {
    own = { capex = { it = "25.1 $bn/GW", facility = "10 $bn/GW_facility" }, pue = pue,
            life = { it = "5 yr", facility = "14 yr" }, opex = "0.8 $bn/GW_facility/yr",
            residual = "0.1 $bn/GW_facility", running = "8 $/GW_facility/yr" },
    cloud = { price = "12 $bn/GW_facility/yr", pue = pue }, units = units }
end
local function at_it()
  return compute.tco {
    own = { capex = { it = "25.1 $bn/GW", facility = "12.5 $bn/GW" },
            life = { it = "5 yr", facility = "14 yr" }, opex = "1 $bn/GW/yr",
            residual = "0.125 $bn/GW", running = "10 $/GW/yr" },
    cloud = { price = "15 $bn/GW/yr" }, units = "2 GW" }
end
check.same(at_meter(1.25, "2 GW"):annual "own", at_it():annual "own")
check.same(at_meter(1.25, "2 GW"):annual "cloud", at_it():annual "cloud")
check.equal(compute.tco { own = { capex = "30 $bn/GW_facility", life = "5 yr", pue = 1.2,
                                  opex = "1 $bn/GW/yr" } }:annual "own", "8.2 $bn/GW/yr")
check.equal(compute.tco { own = { capex = "30 $bn/GW_facility", life = "5 yr" },
                          cloud = { price = "9 $bn/GW_facility/yr" } }:break_even(), 6 / 9)
check.fails("price of cloud is a price at the meter: give cloud pue =, as in "
            .. "\"1.25 GW_facility/GW\"", function() at_meter(nil, "2 GW") end)
check.fails("capex.hall of own is a price at the meter", function()
  compute.tco { own = { capex = { hall = "9 $bn/GW_facility" }, life = "9 yr",
                        opex = "1 $bn/GW/yr" } }
end)

-- Used at no time: what is paid in any case is for nothing, what is paid by use costs as ever.
local unused = compute.tco { own = { capex = "9 $", life = "1 yr" }, cloud = { price = "2 $/h" },
                             tokens = "1 Mtok/h", utilisation = 0 }
check.equal(unused:per_hour "cloud", "2 $/h")
check.equal(unused:per_token "cloud", "2 $/Mtok")
check.always((unused:per_hour "own"):equals(math.huge))
check.always((unused:per_token "own"):equals(math.huge))

-- Rates of nothing, and never.
check.same(gw(0):annual "own", gw():annual "own")
check.is_true(summary(lenovo "0.5 $/h":break_even()).mean == math.huge, "never breaks even")
check.is_true(summary(lenovo "0.87 $/h":payback()).mean == math.huge, "never pays back")
check.equal(compute.tco { own = { opex = "1 $/h" }, cloud = { opex = "2 $/h", price = "1 $/h" } }
            :break_even(), 0)
check.equal(compute.tco { own = { capex = "9 $", life = "1 yr" }, cloud = { price = "1 $/yr" } }
            :break_even(), 9)
-- The value at the end comes off, discounted where there is a rate.
local function residual(rate)
  return compute.tco { own = { capex = "100 $", life = "5 yr", residual = "20 $" }, rate = rate }
end
check.equal(residual():annual "own", "16 $/yr")
check.equal(residual "10 %/yr":annual "own",
            (q "100 $" - q "20 $" / 1.1 ^ 5) * (0.1 / (1 - 1.1 ^ -5)) / "1 yr")

-- Electricity, discount, tokens.
local powered = { power = "5.6 kW", pue = 1.4, power_price = "0.1 $/kWh", load = 0.5 }
check.equal(compute.tco { own = powered }:annual "own", "0.392 $/h")
check.equal(compute.tco { cloud = { price = "2 $/h", discount = "25 %" } }:per_hour "cloud",
            "1.5 $/h")
local function per_token(price, speed, use)
  return compute.tco { cloud = { price = price }, tokens = speed, utilisation = use }
         :per_token "cloud"
end
for _, row in ipairs { { "2 $/h", "85 tok/s", 6.536 }, { "2.6 $/h", "140 tok/s", 5.159 },
                       { "2 $/h", "400 tok/s", 1.389 }, { "2 $/h", "40 tok/s", 13.889 },
                       { "1.29 $/h", "2400 tok/s", 0.1493 } } do
  check.equal(per_token(row[1], row[2]), q(row[3]) * "1 $/Mtok", "0.0006 $/Mtok")
end
check.equal(compute.tco { own = { opex = "1.29 $/h" }, tokens = "2400 tok/s", utilisation = 0.7 }
            :per_token "own", "0.2133 $/Mtok", "0.0001 $/Mtok")
local api = compute.tco { own = { capex = "1 $M", life = "4 yr" }, cloud = { price = "2 $/Mtok" },
                          tokens = "20000 tok/s" }
check.equal(api:annual "cloud", q "2 $/Mtok" * "20000 tok/s")

-- Sovereignty: what may be chosen, and what that costs.
local function sovereign(require)
  return compute.tco {
    own = { capex = "5 $M", life = "5 yr" }, cloud = { price = "100 $/h" },
    vault = { capex = "8 $M", life = "5 yr", level = "air-gapped" }, require = require }
end
check.equal(sovereign():best(), "100 $/h")
check.equal(sovereign "self-hosted":best(), "1 $M/yr")
check.equal(sovereign "air-gapped":premium(), q "1.6 $M/yr" - "100 $/h")
check.equal(sovereign():premium(), "0 $/yr")
check.is_true(chance(sovereign "self-hosted":is_best "cloud") == 0, "cloud is no choice")
check.is_true(chance(sovereign "self-hosted":is_best "own") == 1, "own is")
check.is_true(chance(sovereign():is_best "cloud") == 1, "cloud is the cheapest")

-- All options matter, and refuse other units.
local base = { capex = "1 $M", life = "4 yr", opex = "5 $/h", running = "1 $/h", power = "5 kW",
               pue = 1.2, power_price = "0.1 $/kWh", residual = "10 $k" }
check.options(function(o)
  return compute.tco { own = o, cloud = { price = "98 $/h" }, rate = "7 %/yr" }:npv "7 %/yr"
end, base, { capex = "1 to 2 $M", life = "3 to 5 yr", opex = "5 to 6 $/h", running = "1 to 2 $/h",
             power = "5 to 6 kW", load = "0.5 to 0.6", pue = "1.1 to 1.3",
             power_price = "0.1 to 0.2 $/kWh", residual = "10 to 20 $k" })
check.options(function(o)
  return compute.tco { own = base, cloud = o }:break_even()
end, { price = "98 $/h" }, { price = "90 to 99 $/h", discount = "0.1 to 0.2", opex = "1 to 2 $/h" },
  { price = "5 GW" })
check.options(function(o)
  return compute.tco { own = base, cloud = { price = "98 $/h" }, utilisation = o.utilisation,
                       rate = o.rate, over = o.over, units = o.units }:saving()
end, {}, { utilisation = "0.5 to 0.6", rate = "5 to 9 %/yr", over = "3 to 4 yr", units = "1 to 2" })
local u = compute.tco { own = { capex = "0.5 to 1.5 $M", life = "3 to 6 yr", opex = "1 to 9 $/h" },
                        cloud = { price = "60 to 99 $/h" }, rate = "5 to 12 %/yr" }:break_even()
local same = compute.tco { own = { capex = "1 $M", life = "4 yr" },
                           cloud = { price = "60 to 99 $/h" } }
local at_even = same:break_even()
check.varies(u)
check.same(at_even * same:annual "cloud", same:annual "own" + "0 $/yr")

-- Mistakes.
local function refuses(text, options)
  check.fails(text, function() compute.tco(options) end)
end
refuses("give alternatives", {})
refuses("own costs nothing", { own = {} })
refuses("life of own is missing", { own = { capex = "1 $" } })
refuses("opex of own must be money per power of IT equipment per time, as in $/GW/yr, not 1 $/yr",
        { own = { opex = "1 $/yr" }, cloud = { price = "1 $/GW/yr" } })
refuses("opex of own must be money per time", { own = { opex = "1 $/GW/yr" },
                                                cloud = { price = "1 $/yr" } })
refuses("price of cloud must be money per time and one of the units", { cloud = { price = "1 $/h" },
                                                            units = "2 gpu" })
refuses("power_price of own is missing", { own = { power = "5 kW" } })
refuses("price of cloud is per token: give tokens", { cloud = { price = "2 $/Mtok" } })
refuses("no alternative is air-gapped", { cloud = { price = "2 $/h" }, require = "air-gapped" })
refuses("did you mean \"capex\"", { own = { capx = "1 $" } })
refuses("units of own differ", { own = { opex = "1 $/h", units = 3 }, units = 2 })
check.fails("there is no alternative \"edge\": there are cloud, own", function()
  lenovo "98 $/h":annual "edge"
end)
check.fails("over is missing", function()
  compute.tco { cloud = { price = "2 $/h" } }:total "cloud"
end)
check.fails("tokens is missing", function() lenovo "98 $/h":per_token "own" end)

check.done()
