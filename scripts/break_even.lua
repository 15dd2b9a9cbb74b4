-- Can a $44bn lab break even, and at what research capacity?
--
-- The essay "How the AI Labs Make Profit (Maybe, Eventually)" (May 2026, with its comments)
-- argues about Anthropic's profit from a handful of figures. This script states those figures
-- as assumptions, recomputes the essay's arithmetic line by line beside what it claims, and
-- then asks the question that the ranges leave open.

settings { samples = 100000 }

local essay   = "How the AI Labs Make Profit (Maybe, Eventually), May 2026"
local comment = essay .. ", comments"

local a = assume {
  revenue       = { "44 $bn/yr", source = essay, note = "annualised" },
  valuation     = { "900 $bn", source = essay, note = "valuations of about 900bn" },
  gw_price      = { "12 to 15 $bn/GW/yr", source = comment, note = "all-in rental price" },
  own_compute   = { "1 to 1.5 GW", source = comment, note = "own inference and research" },
  own_inference = { "0.5 GW", source = comment },
  first_party   = { "50 %", source = comment, note = "share of revenue sold directly" },
  first_margin  = { "70 to 73 %", source = comment, note = "\"over 70 %\"; 72 % in the example" },
  cloud_margin  = { "30 %", source = comment, note = "kept by the lab on sales through clouds" },
  other_cost    = { "4 to 10 $bn/yr", note = "salaries, sales, the rest: the essay names none; "
                    .. "its break-even closes at about 7.4" },
}

-- What the model says ------------------------------------------------------------------------

local gross_profit = a.revenue * (a.first_party * a.first_margin
                                  + (1 - a.first_party) * a.cloud_margin)
local affordable   = gross_profit / a.gw_price                   -- research alone eats it all
local break_even   = (gross_profit - a.other_cost) / a.gw_price  -- and other costs are paid

local function profit_at(research)
  return gross_profit - a.other_cost - research * a.gw_price
end

output("gross_profit", gross_profit, { unit = "$bn/yr", label = "Gross profit" })
output("gross_margin", gross_profit / a.revenue, { unit = "%", label = "Gross margin" })
output("affordable", affordable, { unit = "GW", label = "Research that gross profit buys" })
output("break_even", break_even, { unit = "GW", label = "Research capacity at break-even" })
output("profit_1gw", profit_at "1 GW", { unit = "$bn/yr", label = "Profit with 1 GW of research" })
output("profitable_1gw", profit_at("1 GW"):above(0), { label = "Profitable with 1 GW" })
output("profitable_1_5gw", profit_at("1.5 GW"):above(0), { label = "Profitable with 1.5 GW" })

variant("no other cost", { other_cost = "0 $bn/yr" })
variant("as the essay closes", { other_cost = "7.44 $bn/yr", gw_price = "15 $bn/GW/yr",
                                 first_margin = "72 %" })

-- The essay's arithmetic, claim beside recomputation ------------------------------------------

local R, V = q "44 $bn/yr", q "900 $bn"
local p12, p15 = q "12 $bn/GW/yr", q "15 $bn/GW/yr"
local direct, cloud = 0.5 * R * 0.72, 0.5 * R * 0.30
local gross = direct + cloud
local cloud_own = R / 2 * 0.70                     -- what the clouds keep of their half
local trading, top_firm = q "200 $bn/yr", q "50 $bn/yr"

-- what; what the essay says; low and high as recomputed; unit; what to think of it
local claims = {
  { "Compute that revenue pays for", "3-4 GW", R / p15, R / p12, "GW", "agrees, in whole GW" },
  { "Spend on own compute", "$12-25bn", q "1 GW" * p12, q "1.5 GW" * p15, "$bn/yr",
    "the high end does not reproduce" },
  { "Cost of serving at 70-72 %", "only $12bn", R * (1 - 0.72), R * (1 - 0.70), "$bn/yr",
    "needs a margin of 72.7 %" },
  { "Margin that $12bn implies", "over 70 %", 1 - "12 $bn/yr" / R, nil, "%", "agrees" },
  { "Inference if all first-party", "1 GW", "12 $bn/yr" / p15, "12 $bn/yr" / p12, "GW",
    "agrees at the low price" },
  { "Revenue per GW of inference", "-", R / "1 GW", nil, "$bn/GW/yr", "implied" },
  { "First-party gross profit", "in the 22", direct, nil, "$bn/yr", "derived" },
  { "Gross profit through clouds", "in the 22", cloud, nil, "$bn/yr", "derived" },
  { "Gross profit", "$22bn", gross, nil, "$bn/yr", "agrees" },
  { "Blended gross margin", "22 of 44", gross / R, nil, "%", "agrees" },
  { "The clouds' own gross profit", "-", cloud_own - q "0.5 GW" * p15,
    cloud_own - q "0.5 GW" * p12, "$bn/yr", "derived" },
  { "Research at the stated break-even", "$15bn", q "1 GW" * p15, nil, "$bn/yr",
    "does not close" },
  { "Left over at that point", "nothing", gross - q "1 GW" * p15, nil, "$bn/yr",
    "closes only with this much other cost" },
  { "Research that uses gross profit up", "1 GW", gross / p15, gross / p12, "GW", "differs" },
  { "Own compute at break-even", "a stretch", q "0.5 GW" + "1 GW", nil, "GW",
    "the top of the stated 1-1.5" },
  { "Valuation over revenue", "-", V / R, nil, "yr", "derived" },
  { "Dilution, post-money, any pairing", "250-500 at 1500-2500", q "250 $bn" / "2500 $bn",
    q "500 $bn" / "1500 $bn", "%", "derived" },
  { "Dilution, pre-money, ends paired", "the same", q "250 $bn" / "1750 $bn",
    q "500 $bn" / "3000 $bn", "%", "derived" },
  { "Dilution of 1tn at 4tn", "very unlikely", q "1 $tn" / "4 $tn", nil, "%", "derived" },
  { "Research that 250-500 buys at 15", "-", "250 $bn" / p15, "500 $bn" / p15, "GW yr", "derived" },
  { "Price that some would pay", "10-100x of $2000", q "2000 $/user/yr" * 10,
    q "2000 $/user/yr" * 100, "$/user/yr", "derived" },
  { "Top firm's share of trading", "50 of 200", top_firm / trading, nil, "%", "derived" },
  { "Trading share that pays 1 GW", "-", q "1 GW" * p15 / trading, nil, "%", "derived" },
  { "Edge with two holders: each, total", "less, then split", q "1" / 2 ^ 2, q "1" / 2, "1",
    "derived" },
  { "Window before rivals catch up", "6-12 months", q "6 mo", q "12 mo", "yr",
    "an input; Epoch sees 3-4 months" },
}

local function in_unit(x, unit) return summary(x:as(unit)).mean end
local function short(x) return (x < 1e4 and "%.4g" or "%.0f"):format(x) end

print(("%-36s %-21s %17s  %s"):format("", "the essay", "recomputed", "verdict"))
for i, c in ipairs(claims) do
  local what, says, low, high, unit, verdict = c[1], c[2], c[3], c[4], c[5], c[6]
  local figure = short(in_unit(low, unit))
  if high then figure = figure .. " to " .. short(in_unit(high, unit)) end
  print(("%2d %-33s %-21s %17s %-9s %s"):format(i, what, says, figure, unit == "1" and "" or unit,
                                                verdict))
end

-- The answer ---------------------------------------------------------------------------------

local s, left = summary(break_even:as "GW"), in_unit(gross - q "1 GW" * p15, "$bn/yr")
print(([[

The essay's break-even, 1 GW of research at $15bn, leaves $%.2fbn a year over. It closes with
that much of other cost, or if the 0.5 GW of inference is paid for twice (1.5 GW at 15 is 22.5).
With $4-10bn of other cost, a $44bn lab breaks even at %.2f GW of research (90 %% of cases
between %.2f and %.2f). It makes a profit at 1 GW in %.0f %% of cases, at 1.5 GW in %.0f %%.
]]):format(left, s.p50, s.p5, s.p95, 100 * chance(profit_at("1 GW"):above(0)),
           100 * chance(profit_at("1.5 GW"):above(0))))
