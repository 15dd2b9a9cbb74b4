-- Own a GW, rent it, or run it behind one's own walls?
--
-- Owning costs capital for years ahead; renting costs more by the hour and can be given back. Which
-- is cheaper depends on how much of the time the hardware works, on the price of money, and on how
-- long it lasts. For banks, hospitals and governments the law may answer first: data that must not
-- leave the premises rule the cloud out at any price ("The New Dynamics of the LLM Market",
-- AI-RADAR). Such a rule is a constraint, and this script shows what it costs. The choice between
-- the first two is written out by hand in scripts/examples/variants.lua.

local claims = require "parts/claims"
local words = require "parts/words"

settings { samples = 20000 }

local epoch = "Epoch AI, AI data centre cost breakdown, 2026"

-- moat: allow no-source: a range without a source is a judgement
local a = assume {
  it        = { "25.1 $bn/GW", source = epoch, note = "servers and network, per GW of IT" },
  facility  = { "12.9 $bn/GW", source = epoch, note = "buildings, power, cooling: 38 in all" },
  it_life   = { "3 to 6 yr",
                source = "Amazon 5, Meta 5.5, others 6; sceptics 2 to 3 (realclear.ai)" },
  site_life = { "12 to 16 yr", source = epoch .. ": 14" },
  opex      = { "0.8 to 1.2 $bn/GW/yr", source = epoch .. ": 0.9, electricity among it" },
  money     = { "6 to 12 %/yr", note = "cost of capital; Epoch AI uses 7 %" },
  rent      = { "10 to 15 $bn/GW/yr",
                source = "the essay of May 2026: 12 to 15; Hopper at 1.5-2 $/h: 9.5 to 12.6" },
  use       = { "uniform(50, 95) %",
                note = "of what is owned; what is rented is paid while it works" },
  walls     = { "15 to 40 %", note = "more capital and staff for a site that is cut off" },
}

local function lab(require)
  local dearer = 1 + a.walls
  local life = { it = a.it_life, facility = a.site_life }
  return compute.tco {
    units = "1 GW", utilisation = a.use, rate = a.money, require = require,
    own = {
      level = "self-hosted", opex = a.opex, life = life,
      capex = { it = a.it, facility = a.facility },
    },
    walled = {
      level = "air-gapped", opex = a.opex * dearer, life = life,
      capex = { it = a.it * dearer, facility = a.facility * dearer },
    },
    cloud = { price = a.rent },
  }
end
local free, at_home, sealed = lab "cloud", lab "self-hosted", lab "air-gapped"
local owning = free:is_best "own"

output("own", free:annual "own", { unit = "$bn/yr", label = "Owning 1 GW" })
output("rent", free:annual "cloud", { unit = "$bn/yr", label = "Renting the hours that are used" })
output("owning_wins", owning, { label = "Owning is cheaper" })
output("break_even_use", free:break_even(), { unit = "%", label = "Use from which on owning pays" })
output("home_premium", at_home:premium(),
       { unit = "$bn/yr", label = "What keeping data at home costs" })
output("sealed_premium", sealed:premium(),
       { unit = "$bn/yr", label = "What sealing them off costs" })

-- In the report: the ways side by side.
report.chart {
  kind = "cumulative", title = "What 1 GW costs in a year",
  { "own", label = "Owned" }, { "rent", label = "Rented by the hour" },
}
report.chart { kind = "tornado", title = "Use from which on owning pays", "break_even_use" }

variant("cheap money", { money = "4 %/yr" })
variant("short lives", { it_life = "2 to 3 yr" })
variant("busy", { use = "uniform(90, 98) %" })
variant("Epoch AI's terms", {
  money = "7 %/yr", it_life = "5 yr", site_life = "14 yr", opex = "0.9 $bn/GW/yr",
})
variant("the essay's rents", { rent = "12 to 15 $bn/GW/yr" })

-- Published costs, recomputed -------------------------------------------------------------------

local published = compute.tco {
  units = "1 GW", rate = "7 %/yr",
  own = {
    opex = "0.9 $bn/GW/yr", capex = { it = "25.1 $bn/GW", facility = "12.9 $bn/GW" },
    life = { it = "5 yr", facility = "14 yr" },
  },
  cloud = { price = "13 $bn/GW/yr" },
}
local function electricity(pue) return compute.energy("1 GW", pue, "0.0826 $/kWh") end
claims.show("Published figures", {
  { "A GW owned for a year", says = "8.5 $bn/yr", is = published:annual "own",
    note = "Epoch AI" },
  { "Accelerators on 50 MW", note = "1.3 kW each, PUE 1.2",
    is = compute.accelerators { power = "50 MW", per_chip = "1 kW", overhead = 1.3, pue = 1.2 } },
  { "Electricity of 1 GW of IT", is = { electricity(1.1), electricity(1.25) }, unit = "$bn/yr",
    note = "PUE 1.1 to 1.25" },
})

local percent, money, mean = words.percent, words.money, words.mean
print(([[

Owning is the cheaper choice in %s of cases; it pays from %s of use on (median; above 100 %%
is never). Keeping the data at home costs %s a year in the mean, and nothing where one would
own anyway. Sealing the site off costs %s. The variants show what the answer hangs on: how long
servers last, how busy they are, what money costs, and the rent.
]]):format(percent(chance(owning)), percent(words.median(free:break_even())),
           money(mean(at_home:premium(), "$bn/yr")), money(mean(sealed:premium(), "$bn/yr"))))
