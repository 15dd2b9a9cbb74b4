-- How many rounds are left, and does profit come before the money runs out?
--
-- A lab that grows fast can raise, and a lab that can raise need not be profitable: until a round
-- is too large for the market. The essay "How the AI Labs Make Profit (Maybe, Eventually)" (May
-- 2026) thinks about one more large round plausible, $250-500bn at $1.5-2.5tn, and a trillion at
-- four very unlikely. This script follows a lab with the run rate of May 2026 through eight years.
-- It raises when cash falls below a year's burn, at a multiple of its run rate that shrinks as
-- growth does, no more than the market bears, and asks who owns what at the end.

local claims = require "parts/claims"
local words = require "parts/words"

settings { samples = 10000 }
horizon { from = "2026-Q3", to = "2034-Q2" }

local essay = "How the AI Labs Make Profit (Maybe, Eventually), May 2026"
local table_of_rounds = "scripts/history.lua: rounds of 2024 to 2026"

-- moat: allow no-source: a range without a source is a judgement
local a = assume {
  revenue   = { "44 to 47 $bn/yr", source = essay .. ": 44; chatforest.com: 47",
                note = "run rate" },
  growth    = { "70 to 200 %/yr",
                note = "of the first year; it was 400 to 900 % in 2025 and 2026" },
  fading    = { "35 to 55 %/yr", note = "growth itself falls by this each year" },
  margin    = { "48 to 55 %", source = essay .. ": 22.44 of 44", note = "gross, both channels" },
  margin_to = { "50 to 70 %", note = "eight years on" },
  research  = { "1 to 1.5 GW", source = essay, note = "own compute, most of it research" },
  scale_up  = { "80 to 350 %/yr",
                note = "of research compute; OpenAI's GW tripled each year until 2025" },
  slowing   = { "30 to 50 %/yr", note = "scale-up itself falls by this each year" },
  gw_price  = { "12 to 15 $bn/GW/yr", source = essay .. ", comments" },
  other     = { "4 to 10 $bn/yr", note = "salaries, sales, the rest" },
  cash      = { "60 to 90 $bn", source = "65 raised in May 2026 (Series H): noncemedia.com",
                note = "and what was left before" },
  multiple  = { "12 to 25 yr", source = table_of_rounds,
                note = "valuation over run rate: 21 to 44 so far" },
  sold      = { "10 to 25 %", source = essay .. ": 250 of 1,500 to 500 of 2,500",
                note = "the largest share of a lab that one round places" },
  rounds    = { "3", source = essay .. ": about another one",
                note = "an IPO would be the second, debt the third" },
}

local lab = funding.captable {
  founders = "30 M share", employees = "20 M share", investors = "50 M share",
}
local investors = funding.market { limit = a.sold, of = "post", rounds = a.rounds }

-- Annual growth as a continuous rate, which fades.
local growth  = grow(log(1 + a.growth * "1 yr"), -a.fading)
local scale   = grow(log(1 + a.scale_up * "1 yr"), -a.slowing)
local gw      = series("GW", { [0] = a.research })
local revenue = series("$bn/yr", { [0] = a.revenue })
local income  = series "$bn/yr"
local cash    = series("$bn", { [0] = a.cash })
local founded = series "%"
for t in periods() do
  local years  = t * dt
  local margin = a.margin + (a.margin_to - a.margin) * (years / "8 yr")
  revenue[t] = revenue[t - 1] * exp(growth[t] * (dt / "1 yr"))
  gw[t]      = gw[t - 1] * exp(scale[t] * (dt / "1 yr"))
  local other = a.other * (revenue[t] / a.revenue) ^ (1 / 3)
  income[t]  = revenue[t] * margin - gw[t] * a.gw_price - other

  local burn = max(-income[t], 0)
  local short = cash[t - 1]:below(burn * "1 yr")
  lab:round {
    name = "round", at = t, when = short, pre = revenue[t] * a.multiple * (1 + growth[t]),
    raise = burn * "3 yr", limit = investors,
  }
  cash[t] = cash[t - 1] + income[t] * dt + lab:raised(t)
  founded[t] = lab:ownership("founders", t) + lab:ownership("employees", t)
end

local broke   = cash:first_when(cash:below(0))
local solvent = cash:min():at_least(0)
local lasting = income:last():above(0)       -- a profit that research does not eat up again
local unaided = (a.cash + (income * dt):cumsum()):min():at_least(0)

output("revenue", revenue, { label = "Run rate" })
output("income", income, { label = "Cash from operations" })
output("cash", cash, { label = "Cash" })
output("raised", lab:raised():cumsum(), { unit = "$bn", label = "Raised so far" })
output("insiders", founded, { label = "Founders and employees" })
output("broke", broke, { label = "Money runs out" })
output("in_time", solvent & lasting, { label = "Lasting profit before the money runs out" })
output("waiting", solvent & ~lasting, { label = "Still on the way, with money left" })
output("rounds", a.rounds - investors:left(), { label = "Rounds" })

-- In the report: what is earned and spent, and who owns the lab.
report.text([[
  The lab starts with half of it in the hands of founders and employees, and they keep **{kept}**
  in the median, {kept.range} in nine cases of ten.
]], { kept = { founded:last(), unit = "%" } })
report.section "Computing power eats what growth brings"
report.chart {
  kind = "lines", title = "Run rate, and what research costs",
  { revenue, label = "Run rate" }, { gw * a.gw_price, label = "Research" },
}
report.section "Who owns it"
report.chart {
  kind = "shares", title = "Ownership", by = "year",
  { founded, label = "Founders and employees" }, { 1 - founded, label = "Investors" },
}

variant("one round left", { rounds = "1" })
variant("none left", { rounds = "0" })
variant("the scaling race goes on", { scale_up = "200 to 500 %/yr" })
variant("research stands still", { scale_up = "0 %/yr" })

claims.show("What the essay's round would be", {
  { "Share sold, 250 at 1,500 and 500 at 2,500, post-money",
    is = { q "250 $bn" / "1500 $bn", q "500 $bn" / "2500 $bn" }, unit = "%" },
  { "The same, pre-money",
    is = { funding.dilution("250 $bn", "1500 $bn"), funding.dilution("500 $bn", "2500 $bn") },
    unit = "%" },
  { "A trillion at four", is = q "1 $tn" / "4 $tn", unit = "%", note = "\"very unlikely\"" },
  { "Research that it buys, at 15",
    is = { q "250 $bn" / "15 $bn/GW/yr", q "500 $bn" / "15 $bn/GW/yr" }, unit = "GW yr" },
})

local percent = words.percent
print(([[

The lab reaches a lasting profit before the money runs out in %s of cases, in %s without
raising at all; in %s it is still on the way, with money left, and in %s the money runs out.
It raises in %s. Founders and employees start with 50 %% of it and keep %s (median). The
variants with fewer rounds show what raising decides, those of research what research does.
]]):format(percent(chance(solvent & lasting)), percent(chance(unaided & lasting)),
           percent(chance(solvent & ~lasting)), percent(chance(~solvent)),
           percent(chance((a.rounds - investors:left()):above(0))),
           percent(words.median(founded:last()))))
