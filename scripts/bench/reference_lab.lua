-- The reference model: one frontier lab, ten years by month.
--
-- Twenty assumptions drawn once per sample, three shocks drawn per sample and month, about a
-- hundred operations a month, 362 outputs. Programs that claim speed are compared on it, so
-- it stays as it is: docs/performance.md has the figures.

horizon { periods = 120, step = "month" }

-- moat: allow no-source: a model to measure programs with, and not the world
local a = assume {
  growth0         = "lognormal(0, 0.3)",
  growth_decay    = "uniform(0.5, 0.8)",                 -- of a year's growth, kept a year later
  price_decline   = "uniform(0.2, 0.6)",                 -- a year
  cost_gw         = "lognormal(2.6, 0.08) $bn/GW/yr",
  efficiency_gain = "uniform(0.2, 0.7)",                 -- a year
  conversion      = "uniform(0.03, 0.08)",
  arpu            = "lognormal(5.3, 0.2) $/user/yr",
  ent_growth      = "uniform(0.3, 0.9)",                 -- a year
  api0            = "lognormal(2.0, 0.3) $bn/yr",
  catchup_lag     = "uniform(6, 12) mo",
  pool            = "lognormal(5.3, 0.4) $bn/yr",
  edge0           = "uniform(0.01, 0.06)",
  volatility      = "uniform(0.02, 0.08)",
  rnd_share       = "uniform(0.3, 0.6)",
  power           = "uniform(0.04, 0.1)",
  multiple        = "lognormal(2.7, 0.4) yr",            -- pre-money over annual revenue
  churn           = "uniform(0.02, 0.06)",
  cac             = "uniform(0.05, 0.2)",
  build           = "uniform(35, 60) $bn/GW",
  adopt           = "uniform(0.05, 0.3) 1/mo",           -- firms that catch up
}

-- What a unit of business takes to serve, in the first month.
local per_user  = q "0.15 GW/bn users"
local per_ent   = q "0.02 GW yr/$bn"
local per_api   = q "0.05 GW yr/$bn"

local month = 1 / 12
local price_kept  = (1 - a.price_decline) ^ month
local compute_kept = (1 - a.efficiency_gain) ^ month
local growth_kept = a.growth_decay ^ month
local ent_gain    = (1 + a.ent_growth) ^ month - 1

local e_users, e_price, e_rnd = noise "shock.users", noise "shock.price", noise "shock.research"

local most_users, least_demand = q "6 bn users", q "1e-6 GW"
local comfortable, short, floor_raise, stake = q "5 $bn", q "4 $bn", q "20 $bn", q "1 $bn"
local none = q "0 $bn"

local users, ent, api = q "1 bn users", q "12 $bn/yr", a.api0
local cap, cash, own = q "1.5 GW", q "30 $bn", q "1"
-- moat: allow hidden-name: as in the programs that it is compared with
local growth, price, compute = 0.03 * a.growth0, q "1", q "1"
local npv, min_cash = none, q "1e9 $bn"

local revenue, cash_at, ownership = series "$bn/yr", series "$bn", series "1"
local order = {}
for month_before = -17, 0 do order[month_before] = q "0.1 GW" end

for t in periods() do
  local k = t - 1
  growth  = growth * growth_kept
  users   = min(users * exp(growth - 0.1 * a.churn + a.volatility * e_users[t]), most_users)
  price   = price * price_kept * exp(0.5 * a.volatility * e_price[t])
  compute = compute * compute_kept

  local sub    = users * a.conversion * a.arpu
  ent          = ent * (1 + ent_gain * math.exp(-0.02 * k)) * exp(0.3 * a.volatility * e_users[t])
  api          = api * exp(1.5 * growth) * price / (price + 0.02)
  local demand = (per_user * users + per_ent * ent + per_api * api) * compute

  cap          = 0.985 * cap + order[t - 18]
  local serve  = min(demand, cap * (1 - 0.5 * a.rnd_share))
  local ratio  = serve / max(demand, least_demand)
  local rev    = (sub + ent + api * price) * ratio
  local cogs   = serve * a.cost_gw * (1 + 0.5 * a.power)
  local rnd    = max(cap - serve, 0) * a.cost_gw * exp(0.02 * e_rnd[t])
  local firms  = 1 + max(0, k * dt - a.catchup_lag) * a.adopt
  local intern = a.pool * a.edge0 / firms ^ 2 * min(1, k / 24)
  local opex   = 0.12 * rev + 0.1 * a.cac * sub
  local profit = (rev + intern - cogs - rnd - opex) * dt

  order[t]     = max(0.25 * (demand - cap), 0) * when(cash:above(comfortable), 1, 0.3)
  local capex  = 0.2 * order[t] * a.build
  cash         = cash + profit - capex
  local raised = when(cash:below(short), floor_raise + 0.05 * (rev * "1 yr"), none)
  own          = own * (1 - raised / (rev * a.multiple + raised + stake))
  cash         = cash + raised
  npv          = npv + (profit - capex) * 1.1 ^ (-k / 12)
  min_cash     = min(min_cash, cash)

  revenue[t], cash_at[t], ownership[t] = rev, cash, own
end

output("npv", npv, { unit = "$bn", label = "Net present value" })
output("min_cash", min_cash, { unit = "$bn", label = "Lowest cash" })
output("revenue", revenue, { unit = "$bn/yr" })
output("cash", cash_at, { unit = "$bn" })
output("ownership", ownership, { label = "Founders' share kept" })
