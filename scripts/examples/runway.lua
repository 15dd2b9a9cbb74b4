-- One idea: time. A lab burns cash while revenue grows; when does the money run out, if ever?

horizon { from = "2026-Q3", to = "2031-Q4" }

-- moat: allow no-source: an example
local a = assume {
  cash     = { "30 $bn", note = "made up for the example, as all of these" },
  revenue  = { "18 to 22 $bn/yr", note = "run rate" },
  growth   = { "30 to 90 %/yr", note = "of the first year" },
  decay    = { "15 to 30 %/yr", note = "growth itself falls by this each year" },
  compute  = { "24 to 30 $bn/yr", note = "for research" },
  scale_up = { "15 to 35 %/yr", note = "of that, each year" },
  margin   = { "45 to 60 %", note = "gross" },
}

local growth   = grow(a.growth, -a.decay)
local research = grow(a.compute, a.scale_up)

local revenue = series "$bn/yr"
local cash    = series("$bn", { [0] = a.cash })
for t in periods() do
  local last = t == 1 and a.revenue or revenue[t - 1]
  revenue[t] = last * exp(growth[t] * dt)
  cash[t]    = cash[t - 1] + (revenue[t] * a.margin - research[t]) * dt
end

output("revenue", revenue)
output("cash", cash)
output("lowest", cash:min(), { label = "Lowest cash" })
output("broke", cash:first_when(cash:below(0)), { label = "Cash runs out" })
output("survives", cash:min():above(0), { label = "Never runs out" })
