-- One idea: variants. The same model under other assumptions; draws are shared, so that the
-- differences are those of the assumptions and not of chance. Try:
--
--   moat run scripts/examples/variants.lua
--   moat run scripts/examples/variants.lua --variant "cheap money"
--   moat run scripts/examples/variants.lua --set rent='10 $bn/GW/yr'
--
-- Is a GW cheaper to own or to rent? scripts/own_or_rent.lua asks the same with compute.tco.

local epoch = "Epoch AI, AI data centre cost breakdown, 2026"

local a = assume {
  it        = { "25.1 $bn/GW", source = epoch, note = "servers and network" },
  facility  = { "12.9 $bn/GW", source = epoch, note = "buildings, power, cooling" },
  it_life   = { "3 to 6 yr", source = "Amazon 5, Meta 5.5, others 6; sceptics 2 to 3" },
  site_life = { "12 to 16 yr", source = epoch .. ": 14" },
  opex      = { "0.8 to 1.2 $bn/GW/yr", source = epoch .. ": 0.9" },
  money     = { "6 to 12 %/yr", note = "a judgement; Epoch AI uses 7 %" },
  rent      = { "10 to 15 $bn/GW/yr", source = "How the AI Labs Make Profit, May 2026: 12 to 15" },
  use       = { "uniform(50, 95) %", note = "a judgement: of what one owns" },
}

-- The yearly payment that repays one unit of capital over a life: an annuity.
local function annuity(life)
  local r = a.money * "1 yr"
  return a.money / (1 - (1 + r) ^ -(life / "1 yr"))
end

local owned    = a.it * annuity(a.it_life) + a.facility * annuity(a.site_life) + a.opex
local per_used = owned / a.use

output("owned", owned, { unit = "$bn/GW/yr", label = "Owning a GW for a year" })
output("per_used", per_used, { unit = "$bn/GW/yr", label = "Per GW in use" })
output("break_even_use", owned / a.rent, { unit = "%", label = "Use at which owning pays" })
output("owning_wins", per_used:below(a.rent), { label = "Owning is cheaper" })

variant("cheap money", { money = "4 %/yr" })
variant("short lives", { it_life = "2 to 3 yr" })
