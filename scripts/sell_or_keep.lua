-- Sell a capability by API, keep it in-house, or keep it for a while and then sell?
--
-- The essay "How the AI Labs Make Profit (Maybe, Eventually)" (May 2026, with its comments) argues
-- that a lab ahead in one domain may earn more by using its model than by renting it out: the value
-- of an edge falls with the number of those who hold it, and whoever sells it makes holders. Its
-- case is trading, an industry of about $200bn a year. This script asks how good an edge would
-- have to be, and how long it should be kept.

local claims = require "parts/claims"
local words = require "parts/words"

settings { samples = 20000 }
horizon { from = "2026-Q3", to = "2031-Q2" }

local essay = "How the AI Labs Make Profit (Maybe, Eventually), May 2026"

-- moat: allow no-source: a range without a source is a judgement
local a = assume {
  pool       = { "150 to 250 $bn/yr", source = essay .. ": ~200",
                 note = "net trading revenue; not confirmed elsewhere" },
  edge       = { "2 to 15 %", note = "of the pool, for a sole holder; the largest firm of today "
                                     .. "has 10 to 25 %, built over decades" },
  exponent   = { "uniform(0, 1)",
                 note = "total value of n holders is n^-k of one holder's: 1 is the essay's claim, "
                        .. "0 a mere split, which fits the one public case" },
  catch_up   = { "6 to 12 mo", source = essay,
                 note = "Epoch AI finds open models 3 to 4 months behind" },
  adopters   = { "1 to 4 1/yr", note = "rivals and open models that come to hold it, once it is "
                                       .. "caught up with" },
  ramp       = { "1 to 6 mo", note = "until the money is placed" },
  compute    = { "0.1 to 0.5 GW",
                 note = "what the desk takes of the 1 GW of research in the essay" },
  gw_price   = { "12 to 15 $bn/GW/yr", source = essay .. ", comments" },
  capital    = { "10 to 30 $bn",
                 note = "what a trading firm of this size ties up, at 10 % a year" },
  success    = { "50 %", note = "whether a lab can run a trading firm at all: the landlord's "
                                .. "objection" },
  api        = { "2 to 8 $bn/yr", note = "what the same capability would fetch as an API" },
  api_margin = { "72 %", source = essay, note = "first-party" },
}

-- Kept, it is a venture whose edge is its own until others catch up. Sold, it brings a fee, and the
-- venture ends: its customers hold the edge from then on.
local venture = internal.venture {
  name = "trading", pool = a.pool, edge = a.edge, decay = a.exponent, firms = 20,
  catch_up = a.catch_up, adopters = a.adopters, ramp = a.ramp, success = a.success,
  compute = a.compute, compute_price = a.gw_price, capital = a.capital,
}
local function sold_after(delay)
  return internal.compare {
    keep = venture, sell = { revenue = a.api, margin = a.api_margin }, release = delay,
    discount = "15 %/yr",
  }
end
local function value(profit) return profit:npv "15 %/yr" end
local at_once, later = sold_after "0 mo", sold_after "12 mo"
local sold_now, sold_later = value(at_once:sell()), value(later:sell())

output("venture", venture:profit(), { unit = "$bn/yr", label = "Profit of the venture" })
output("holders", venture:holders(), { label = "Holders of the edge" })

local plans = { { "0 mo", "at once" }, { "6 mo", "after half a year" }, { "12 mo", "after a year" },
                { "24 mo", "after two years" } }
for i, plan in ipairs(plans) do
  output(("plan.%d"):format(i), value(sold_after(plan[1]):sell()),
         { unit = "$bn", label = "Present value, sold " .. plan[2] })
end
output("plan.5", value(at_once:keep()),
       { unit = "$bn", label = "Present value, kept for five years" })

output("wait", sold_later - sold_now, { unit = "$bn", label = "What waiting for a year is worth" })
output("wait_pays", sold_later:above(sold_now), { label = "Waiting for a year pays" })
output("better_at_first", at_once:better(2), { label = "Keeping earns more after half a year" })
output("better_later", at_once:better(8), { label = "Keeping earns more after two years" })

-- In the report: the plans side by side.
report.section "When to sell"
report.text([[
  Waiting for a year before selling pays with a probability of **{pays}**. The plans differ less in
  what they bring than in how far it may be off.
]], { pays = sold_later:above(sold_now) })
report.chart {
  kind = "cumulative", title = "Present value of the plans",
  { "plan.1", label = "At once" }, { "plan.2", label = "After half a year" },
  { "plan.3", label = "After a year" }, { "plan.4", label = "After two years" },
  { "plan.5", label = "Never" },
}

variant("the essay's law", { exponent = "1" })
variant("a mere split", { exponent = "0" })
variant("open models follow at once", { catch_up = "3 to 4 mo", adopters = "4 to 8 1/yr" })
variant("a proven desk", { success = "100 %", edge = "5 to 25 %" })

-- The essay's figures ---------------------------------------------------------------------------

claims.show("The essay and the public record", {
  { "Top firm's share of the industry", is = q "50 $bn/yr" / "200 $bn/yr", unit = "%",
    note = "Jane Street: $20.5bn in 2024" },
  { "Share of it that pays for 1 GW", is = q "1 GW" * "15 $bn/GW/yr" / "200 $bn/yr", unit = "%" },
  { "Each of two, the essay's law", is = internal.value(2), note = "half in total, then split" },
  { "Each of two, identical insiders", is = internal.value(2, "kyle"), note = "Kyle's auction" },
  { "Each of two, Cournot", is = internal.value(2, "cournot") },
  { "Each of two, a mere split", says = "0.5", is = internal.value(2, 0),
    note = "Jane Street v. Millennium" },
})

local percent, money, mean = words.percent, words.money, words.mean
local waits = sold_later:above(sold_now)
local large = a.edge:above("8 %")
print(([[

Keeping for all five years is the better choice in %s of cases. In two years %.1f hold the
edge, and the desk's profit after compute and capital is %s a year (means). Waiting for a
year before selling changes its value by %s in the mean and pays in %s of cases, in %s of
those where the edge is above 8 %%. A fee needs customers only; the desk is a second trade, which
the lab can run in %s of cases.
]]):format(percent(chance(at_once:npv():above(0))), mean(venture:holders(8)),
           money(mean(venture:profit(8), "$bn/yr")), money(mean(sold_later - sold_now, "$bn")),
           percent(chance(waits)), percent(chance(waits & large) / chance(large)),
           percent(words.median(a.success))))
