-- One idea: variants. The same model under other assumptions; draws are shared, so that the
-- differences are those of the assumptions and not of chance. Try:
--
--   moat run scripts/examples/variants.lua
--   moat run scripts/examples/variants.lua --variant "cheap money"
--   moat run scripts/examples/variants.lua --set rent='10 $bn/GW/yr'

local a = assume {
  rent      = { "12 to 15 $bn/GW/yr", source = "How the AI Labs Make Profit (Maybe, Eventually), May 2026" },
  capex     = { "35 to 40 $bn/GW", source = "Bernstein, Oct 2025: 35; Epoch AI, 2026: 38 of IT power" },
  it_part   = { "66 %", source = "Epoch AI, May 2026: 25.1 of 38" },
  it_life   = { "5 yr", source = "Epoch AI, May 2026" },
  site_life = { "14 yr", source = "Epoch AI, May 2026" },
  opex      = { "0.9 $bn/GW/yr", source = "Epoch AI, May 2026" },
  discount  = { "7 %/yr", source = "Epoch AI, May 2026" },
  use       = { "60 to 95 %", note = "of what one owns; rented capacity is returned" },
}

-- The yearly payment that repays one unit of capital over a life: an annuity.
local function annuity(life)
  local r = a.discount * "1 yr"
  return a.discount / (1 - (1 + r) ^ -(life / "1 yr"))
end

local capital  = a.capex * (a.it_part * annuity(a.it_life) + (1 - a.it_part) * annuity(a.site_life))
local owned    = capital + a.opex
local per_used = owned / a.use

output("owned", owned, { unit = "$bn/GW/yr", label = "Owning a GW for a year" })
output("per_used", per_used, { unit = "$bn/GW/yr", label = "Per GW in use" })
output("break_even_use", owned / a.rent, { unit = "%", label = "Use at which owning pays" })
output("owning_wins", per_used:below(a.rent), { label = "Owning is cheaper" })

variant("cheap money", { discount = "4 %/yr" })
variant("short lives", { it_life = "3 yr", site_life = "10 yr" })
