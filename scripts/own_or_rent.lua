-- Own a GW, rent it, or run it behind one's own walls?
--
-- Owning costs capital for years ahead; renting costs more by the hour and can be given back. Which
-- is cheaper depends on how much of the time the hardware works, on the price of money, and on how
-- long it lasts. For banks, hospitals and governments the law may answer first: data that must not
-- leave the premises rule the cloud out at any price ("The New Dynamics of the LLM Market", AI-RADAR).
-- Such a rule is a constraint, and this script shows what it costs.

local claims = require "parts/claims"

settings { samples = 20000 }

local epoch = "Epoch AI, AI data centre cost breakdown, 2026"

local a = assume {
  it         = { "25.1 $bn/GW", source = epoch, note = "servers and network, per GW of IT" },
  facility   = { "12.9 $bn/GW", source = epoch, note = "buildings, power, cooling: 38 in all" },
  it_life    = { "3 to 6 yr", source = "Amazon 5, Meta 5.5, others 6; sceptics 2 to 3 (realclear.ai)" },
  site_life  = { "12 to 16 yr", source = epoch .. ": 14" },
  opex       = { "0.8 to 1.2 $bn/GW/yr", source = epoch .. ": 0.9, electricity among it" },
  money      = { "6 to 12 %/yr", note = "cost of capital; Epoch AI uses 7 %" },
  rent       = { "10 to 15 $bn/GW/yr", source = "the essay of May 2026: 12 to 15; Hopper at 1.5-2 $/h: 9.5 to 12.6" },
  use        = { "uniform(50, 95) %", note = "of what is owned; what is rented is paid while it works" },
  walls      = { "15 to 40 %", note = "more capital and staff for a site that is cut off" },
}

local function lab(require)
  local dearer = 1 + a.walls
  return compute.tco {
    units = "1 GW", utilisation = a.use, rate = a.money, require = require,
    own = { level = "self-hosted", opex = a.opex, capex = { it = a.it, facility = a.facility },
            life = { it = a.it_life, facility = a.site_life } },
    walled = { level = "air-gapped", opex = a.opex * dearer,
               capex = { it = a.it * dearer, facility = a.facility * dearer },
               life = { it = a.it_life, facility = a.site_life } },
    cloud = { price = a.rent },
  }
end
local free, at_home, sealed = lab "cloud", lab "self-hosted", lab "air-gapped"

output("own", free:annual "own", { unit = "$bn/yr", label = "Owning 1 GW" })
output("rent", free:annual "cloud", { unit = "$bn/yr", label = "Renting the hours that are used" })
output("owning_wins", free:is_best "own", { label = "Owning is cheaper" })
output("break_even_use", free:break_even(), { unit = "%", label = "Use from which on owning pays" })
output("home_premium", at_home:premium(), { unit = "$bn/yr", label = "What keeping data at home costs" })
output("sealed_premium", sealed:premium(), { unit = "$bn/yr", label = "What sealing them off costs" })

variant("cheap money", { money = "4 %/yr" })
variant("short lives", { it_life = "2 to 3 yr" })
variant("busy", { use = "uniform(90, 98) %" })

-- Published costs, recomputed -------------------------------------------------------------------

local published = compute.tco {
  units = "1 GW", rate = "7 %/yr",
  own = { opex = "0.9 $bn/GW/yr", capex = { it = "25.1 $bn/GW", facility = "12.9 $bn/GW" },
          life = { it = "5 yr", facility = "14 yr" } },
  cloud = { price = "13 $bn/GW/yr" },
}
claims.show("Published figures", {
  { "A GW owned for a year (Epoch AI)", says = "8.5 $bn/yr", is = published:annual "own" },
  { "Accelerators on 50 MW", says = "32051",
    is = compute.accelerators { power = "50 MW", per_chip = "1 kW", overhead = 1.3, pue = 1.2 } },
  { "Electricity of 1 GW of IT", says = { "0.796 $bn/yr", "0.904 $bn/yr" },
    is = { compute.energy("1 GW", 1.1, "0.0826 $/kWh"), compute.energy("1 GW", 1.25, "0.0826 $/kWh") },
    note = "PUE 1.1 and 1.25; 5 to 8 % of the rent" },
})

print(([[

Owning is the cheaper choice in %.0f %% of cases; it pays from %.0f %% of use on (median). Keeping the
data at home costs $%.1fbn a year in the mean, and nothing where one would own anyway. Sealing the site
off costs $%.1fbn. scripts/examples/variants.lua asks the same of rents that are higher: 12 to 15.
]]):format(100 * chance(free:is_best "own"), free:break_even():as("%"):quantile(0.5),
           summary(at_home:premium():as "$bn/yr").mean, summary(sealed:premium():as "$bn/yr").mean))
