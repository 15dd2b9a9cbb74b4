-- From 40 to 33 %: why a gross margin fell, and what it takes to reach 60 %.
--
-- In 2025 OpenAI's gross margin fell from 40 to 33 % while revenue more than tripled; inference
-- cost $8.4bn, and 95 % of the users paid nothing (Meigu Yanjiushe, 2026-02-26). The market expects
-- over 60 %. Four levers are named: cheaper inference, higher prices, more payers, less for free.
-- This script says how far each would have to move alone, and how likely they are to do it together
-- by 2030, while longer contexts and more reasoning make each answer dearer.

local claims = require "parts/claims"
local words = require "parts/words"

settings { samples = 20000 }
horizon { from = "2026-Q1", to = "2030-Q4" }

local meigu = "Meigu Yanjiushe, 2026-02-26"

-- moat: allow no-source: a range without a source is a judgement
local a = assume {
  users      = { "850 to 950 M users", source = "ChatGPT weekly users, 900M: ciol.com, 2026-02" },
  growth     = { "5 to 25 %/yr", note = "doubled in 2025; a billion is in sight" },
  paying     = { "5 to 6 %", source = meigu .. ": 95 % free; 50M of 900M: ciol.com" },
  more_pay   = { "0 to 20 %/yr", note = "growth of that share" },
  revenue    = { "13.1 $bn/yr", source = "mungomash.com: fiscal 2025" },
  inference  = { "8.4 $bn/yr", source = meigu },
  other_cost = { "0.377 $bn/yr",
                 note = "hosting, support: what 67 % of 13.1 leaves after inference" },
  free_use   = { "pert(5, 20, 50) %", note = "tokens of a free user, as a part of a payer's" },
  price      = { "-10 to 15 %/yr", note = "of what a payer pays: new plans against a price war" },
  efficiency = { "uniform(30, 60) %/yr", source = "a16z, Welcome to LLMflation",
                 note = "less cost per token each year; at a fixed level prices fall tenfold" },
  context    = { "25 to 70 %/yr", source = meigu .. ": longer contexts and reasoning",
                 note = "more tokens per user; the margin fell in 2025" },
  target     = { "60 %", source = meigu .. ": expectation of the market" },
}

-- Where 2025 ends: a payer brings all revenue, and use is shared by payers and free users.
local payers = a.users * a.paying
local use    = payers + (a.users - payers) * a.free_use        -- in payers' worth of use
local arpu, unit_cost = a.revenue / payers, a.inference / use
local costs  = a.inference + a.other_cost
local margin = 1 - costs / a.revenue

-- One lever alone: how far it must move for the target, all else as it is. Other cost stays.
local allowed  = a.revenue * (1 - a.target) - a.other_cost     -- what inference may cost
local cheaper  = 1 - allowed / a.inference
local dearer   = costs / (1 - a.target) / a.revenue - 1
local free     = (a.users - payers) * a.free_use * unit_cost   -- what the free users cost
local less     = (a.inference - allowed) / free
local gained   = arpu - unit_cost / (1 - a.target) * (1 - a.free_use)   -- by a user who now pays
local converts = (costs / (1 - a.target) - a.revenue) / gained

-- moat: allow certain-output: published as one number
output("lever.cheaper", cheaper, { unit = "%", label = "Inference cheaper by" })
-- moat: allow certain-output: the same
output("lever.dearer", dearer, { unit = "%", label = "Or prices higher by" })
output("lever.less", less, { unit = "%", label = "Or less for free users by" })
output("lever.payers", converts / payers, { unit = "%", label = "Or more payers by" })
output("free_cost", free / a.inference, { unit = "%", label = "Free users' part of inference" })
output("carried", market.free_per_payer(1 - a.paying), { label = "Free users per payer" })
output("covering", a.inference / payers, { unit = "$/user/mo", label = "Inference per payer" })

-- All together, quarter by quarter.
local chat = market.segment {
  users = grow(a.users, a.growth), paying = min(grow(a.paying, a.more_pay), 1),
  arpu = grow(arpu, a.price), usage = "1 Mtok/user/mo", free_usage = a.free_use,
  context_growth = a.context,
}
local per_token = grow(unit_cost / "1 Mtok/user/mo", -a.efficiency)
local cost = chat:tokens() * per_token + a.other_cost
local path = finance.gross_margin(chat:revenue(), cost)
local by_2028 = path[12]:at_least(a.target)
output("margin", path, { unit = "%", label = "Gross margin" })
output("reached", path:first_when(path:at_least(a.target)), { label = "Target first reached" })
output("by_2028", by_2028, { label = "At the target at the end of 2028" })
local worst = path[2]
for t = 3, #path do worst = min(worst, path[t]) end
output("lost", worst:below(margin), { label = "Falls below today's on the way" })

-- In the report: the levers side by side.
report.text([[
  To reach {target} with one lever alone, inference would have to get **{cheaper}** cheaper, or
  prices rise by **{dearer}**, or free users be served **{less}** less.
]], { target = a.target, cheaper = cheaper, dearer = dearer, less = less })
report.chart {
  kind = "bars", title = "How far each lever would have to move alone",
  "lever.cheaper", "lever.dearer", "lever.less", "lever.payers",
}
report.table { title = "Gross margin by year", by = "year", show = "range", "margin" }

variant("free access cut by half", { free_use = "pert(2.5, 10, 25) %" })
variant("price war", { price = "-35 to -15 %/yr" })
variant("no more efficiency", { efficiency = "0 %/yr" })

local step = finance.required { margin = "60 %", current = "33 %" }
local served = finance.required { cost = a.inference, margin = "33 %" }
claims.show("Published figures", {
  { "Gross margin of 2025", says = "33 %", is = margin, note = "other cost closes it" },
  { "If inference were the only cost", is = 1 - a.inference / a.revenue, unit = "%" },
  { "Revenue that 8.4 at 33 % implies", says = "13.1 $bn/yr", is = served:revenue(),
    unit = "$bn/yr", note = "without other cost" },
  { "33 to 60 %: cost must fall by", is = -step:cost_change(), unit = "%" },
  { "or revenue must rise to", is = step:revenue_multiple(), note = "times" },
  { "Free users per payer, 95 % free", is = market.free_per_payer "95 %" },
  { "Price that covers 8.4, 5 % of 900M", is = "8.4 $bn/yr" / (q "900 M users" * "5 %"),
    unit = "$/user/mo" },
})

local median, percent = words.median, words.percent
print(([[

Alone, inference would have to get %s cheaper, prices rise by %s, or free users be served
%s less (medians). Together, and against longer contexts, they bring a margin of %s by the
end of 2028 in %s of cases.
]]):format(percent(median(cheaper)), percent(median(dearer)), percent(median(less)),
           percent(median(a.target)), percent(chance(by_2028))))
