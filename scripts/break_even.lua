-- Can a $44bn lab break even, and at what research capacity?
--
-- The essay "How the AI Labs Make Profit (Maybe, Eventually)" (May 2026, with its comments)
-- argues about Anthropic's profit from a handful of figures. This script states those figures
-- as assumptions, asks the question that the ranges leave open, and recomputes the essay's
-- arithmetic line by line beside what it claims.

local claims = require "parts/claims"
local words = require "parts/words"

settings { samples = 100000 }

local essay   = "How the AI Labs Make Profit (Maybe, Eventually), May 2026"
local comment = essay .. ", comments"

local a = assume {
  revenue      = { "44 $bn/yr", source = essay, note = "annualised" },
  gw_price     = { "12 to 15 $bn/GW/yr", source = comment, note = "all-in rental price" },
  first_party  = { "50 %", source = comment, note = "share of revenue sold directly" },
  first_margin = { "70 to 73 %", source = comment, note = "\"over 70 %\"; 72 % in the example" },
  cloud_margin = { "30 %", source = comment, note = "kept by the lab on sales through clouds" },
  other_cost   = { "4 to 10 $bn/yr",
                   note = "salaries, sales, the rest; the essay names none, its "
                          .. "break-even closes at about 7.4" },
}

-- What the model says ---------------------------------------------------------------------------

local channels = pricing.channels {
  first_party = { share = a.first_party, margin = a.first_margin },
  clouds      = { share = 1 - a.first_party, margin = a.cloud_margin },
}
local gross_profit = channels:gross_profit(a.revenue)

-- A year with so much research, whose computing power is rented.
local function year_of(research)
  return finance.statement {
    revenue = a.revenue, cost_of_revenue = a.revenue - gross_profit,
    opex = { research = q(research) * a.gw_price, other = a.other_cost },
  }
end
local affordable = gross_profit / a.gw_price                    -- research alone eats it all
local break_even = (gross_profit - a.other_cost) / a.gw_price   -- and other costs are paid
local one_gw     = year_of "1 GW":operating_income()
local more       = year_of "1.5 GW":operating_income()

output("gross_profit", gross_profit, { unit = "$bn/yr", label = "Gross profit" })
output("gross_margin", channels:margin(), { unit = "%", label = "Gross margin" })
output("affordable", affordable, { unit = "GW", label = "Research that gross profit buys" })
output("break_even", break_even, { unit = "GW", label = "Research capacity at break-even" })
output("profit_1gw", one_gw, { unit = "$bn/yr", label = "Profit with 1 GW of research" })
output("profitable_1gw", one_gw:above(0), { label = "Profitable with 1 GW" })
output("profitable_1_5gw", more:above(0), { label = "Profitable with 1.5 GW" })

-- In the report: from revenue to profit.
report.text([[
  With other cost in the range that is assumed the lab breaks even at **{at}** of research, at
  {at.range} in nine cases of ten; the essay has it at 1 GW.
]], { at = break_even })
report.chart {
  kind = "bridge", title = "From revenue to profit, with 1 GW of research",
  { a.revenue, label = "Revenue", unit = "$bn/yr" },
  { gross_profit - a.revenue, label = "Serving, clouds" },
  { -q "1 GW" * a.gw_price, label = "Research, 1 GW" },
  { -a.other_cost, label = "Other cost" }, { one_gw, label = "Profit" },
}
report.chart { kind = "scatter", title = "Other cost and break-even", a.other_cost, "break_even" }

variant("no other cost", { other_cost = "0 $bn/yr" })
variant("as the essay closes", {
  other_cost = "7.44 $bn/yr", gw_price = "15 $bn/GW/yr", first_margin = "72 %",
})

-- The essay's arithmetic, claim beside recomputation --------------------------------------------

local R, p12, p15 = q "44 $bn/yr", q "12 $bn/GW/yr", q "15 $bn/GW/yr"
local as_written = pricing.channels {
  first_party = { share = "50 %", margin = "72 %" },
  clouds      = { share = "50 %", margin = "30 %" },
}
local gross = as_written:gross_profit(R)
local clouds_keep = R / 2 * 0.70                     -- what the clouds keep of their half
local trading, top_firm = q "200 $bn/yr", q "50 $bn/yr"
local left = gross - q "1 GW" * p15

claims.show("The essay", { -- compute, margin and break-even
  { "Compute that revenue pays for", says = { "3 GW", "4 GW" }, is = { R / p15, R / p12 },
    note = "agrees, in whole GW" },
  { "Own compute, 1 to 1.5 GW", says = { "12 $bn/yr", "25 $bn/yr" },
    is = { q "1 GW" * p12, q "1.5 GW" * p15 }, note = "but for the high end" },
  { "Cost of serving at 70 to 72 %", says = "12 $bn/yr",
    is = { R * (1 - 0.72), R * (1 - 0.70) }, note = "needs 72.7 %" },
  { "Margin that $12bn implies", says = "72 %", is = 1 - "12 $bn/yr" / R,
    note = "\"over 70 %\"" },
  { "Inference if all first-party", says = "1 GW", is = { "12 $bn/yr" / p15, "12 $bn/yr" / p12 },
    note = "agrees at the low price" },
  { "Revenue per GW of inference", is = R / "1 GW", unit = "$bn/GW/yr" },
  { "First-party gross profit", is = as_written:profit("first_party", R), unit = "$bn/yr" },
  { "Gross profit through clouds", is = as_written:profit("clouds", R), unit = "$bn/yr" },
  { "Gross profit", says = "22 $bn/yr", is = gross },
  { "Gross margin", says = "50 %", is = as_written:margin(), note = "22 of 44" },
  { "The clouds' own gross profit",
    is = { clouds_keep - q "0.5 GW" * p15, clouds_keep - q "0.5 GW" * p12 }, unit = "$bn/yr" },
  { "Research at its break-even", is = q "1 GW" * p15, unit = "$bn/yr" },
  { "Left over at that point", says = "0 $bn/yr", is = left, unit = "$bn/yr",
    note = "does not reproduce" },
  { "Research that eats gross profit", says = "1 GW", is = { gross / p15, gross / p12 },
    note = "does not reproduce" },
  { "Own compute at break-even", says = { "1 GW", "1.5 GW" }, is = q "0.5 GW" + "1 GW",
    note = "\"a stretch\"" },
})
claims.show("What follows from it", { -- rounds, prices, the edge; it draws no result itself
  { "Valuation over revenue", is = q "900 $bn" / R, unit = "yr" },
  { "Dilution, post-money, any pairing",
    is = { q "250 $bn" / "2500 $bn", q "500 $bn" / "1500 $bn" }, unit = "%",
    note = "\"250-500 at 1500-2500\"" },
  { "Dilution, pre-money, ends paired",
    is = { funding.dilution("250 $bn", "1500 $bn"), funding.dilution("500 $bn", "2500 $bn") },
    unit = "%" },
  { "Dilution of 1tn at 4tn", is = q "1 $tn" / "4 $tn", unit = "%", note = "\"very unlikely\"" },
  { "Research that 250-500 buys at 15", is = { "250 $bn" / p15, "500 $bn" / p15 },
    unit = "GW yr" },
  { "Price that some would pay",
    is = { q "2000 $/user/yr" * 10, q "2000 $/user/yr" * 100 }, unit = "$/user/yr",
    note = "10 to 100 times $2000" },
  { "Top firm's share of trading", is = top_firm / trading, unit = "%" },
  { "Trading that pays for 1 GW", is = q "1 GW" * p15 / trading, unit = "%" },
  { "Edge of two holders, each and both", is = { internal.value(2), internal.total(2) },
    note = "\"goes down, and then it is split\"" },
  { "Window before rivals catch up", is = { q "6 mo", q "12 mo" }, unit = "yr",
    note = "an input; Epoch AI: 3 to 4 months" },
})

-- The answer ------------------------------------------------------------------------------------

local percent, money, mean = words.percent, words.money, words.mean
local s = summary(break_even:as "GW")
print(([[

The essay's break-even, 1 GW of research at $15bn, leaves %s a year over. It closes with
that much of other cost, or if the 0.5 GW of inference is paid for twice (1.5 GW at 15 is 22.5).
With other cost of %s (mean), the lab breaks even at %.2f GW of research (median; 90 %%
of cases between %.2f and %.2f). It makes a profit at 1 GW in %s of cases, at 1.5 GW in %s.
]]):format(money(mean(left, "$bn/yr"), 2), money(mean(a.other_cost, "$bn/yr")), s.p50, s.p5, s.p95,
           percent(chance(one_gw:above(0))), percent(chance(more:above(0)))))
