-- One idea: time. A lab burns cash while revenue grows; when does the money run out, if ever?

horizon { from = "2026-Q3", to = "2031-Q4" }

local a = assume {
  cash     = "30 $bn",
  revenue  = "18 to 22 $bn/yr",
  growth   = "30 to 90 %/yr",
  decay    = "15 to 30 %/yr",    -- growth itself slows down
  compute  = "24 to 30 $bn/yr",
  scale_up = "15 to 35 %/yr",
  margin   = "45 to 60 %",
}

local growth  = grow(a.growth, -a.decay)
local compute = grow(a.compute, a.scale_up)

local revenue = series "$bn/yr"
local cash    = series("$bn", { [0] = a.cash })
for t in periods() do
  local last = t == 1 and a.revenue or revenue[t - 1]
  revenue[t] = last * exp(growth[t] * dt)
  cash[t]    = cash[t - 1] + (revenue[t] * a.margin - compute[t]) * dt
end

output("revenue", revenue)
output("cash", cash)
output("lowest", cash:min(), { label = "Lowest cash" })
output("broke", cash:first_when(cash:below(0)), { label = "Cash runs out" })
output("survives", cash:min():above(0), { label = "Never runs out" })
