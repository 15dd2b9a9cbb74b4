-- Channels, commissions, shares in revenue: the essay's figures, marketplaces' rules, identities
-- over uncertain options, what is refused.
local check = require "check"

-- --- Channels. "How the AI Labs Make Profit (Maybe, Eventually)": $44bn, half directly at 72 %,
-- half through the clouds at 30 %.

local essay = pricing.channels { first_party = { share = "50 %", margin = "72 %" },
                                 clouds = { share = "50 %", margin = "30 %" } }
check.equal(essay:gross_profit "44 $bn/yr", "22.44 $bn/yr")
check.equal(essay:margin(), "51 %")
check.equal(essay:revenue("clouds", "44 $bn/yr"), "22 $bn/yr")
check.equal(essay:profit("clouds", "44 $bn/yr"), "6.6 $bn/yr")
check.equal(essay:profit("first_party", "44 $bn/yr"), "15.84 $bn/yr")
check.equal(pricing.channels { only = { share = 1, margin = "40 %" } }:gross_profit "10 $", "4 $")
-- One channel has the rest; a commission and a cost instead of a margin.
local apps = pricing.channels { store = { share = "40 %", commission = "15 %", cost = "30 %" },
                                direct = { margin = "68 %" } }
check.equal(apps:margin(), "62.8 %")
check.equal(apps:revenue("direct", "10 $"), "6 $")

local a = assume { share = "uniform(30, 70) %", m1 = "65 to 80 %", m2 = "20 to 40 %",
                   revenue = "30 to 60 $bn/yr" }
local unsure = pricing.channels { direct = { share = a.share, margin = a.m1 },
                                  clouds = { share = 1 - a.share, margin = a.m2 } }
check.same(unsure:gross_profit(a.revenue),
           unsure:profit("direct", a.revenue) + unsure:profit("clouds", a.revenue))
check.same(unsure:revenue("direct", a.revenue) + unsure:revenue("clouds", a.revenue), a.revenue)
check.same(unsure:margin() * a.revenue, unsure:gross_profit(a.revenue))
check.same(pricing.channels { direct = { share = a.share, margin = a.m1 },
                              clouds = { margin = a.m2 } }:margin(), unsure:margin())
check.options(function(o)
  return pricing.channels { x = { share = o.share, margin = o.margin }, y = { margin = "30 %" } }
         :gross_profit(o.revenue)
end, { share = "50 %", margin = "72 %", revenue = "44 $bn" },
     { share = "40 to 60 %", margin = "70 to 75 %", revenue = "40 to 50 $bn" },
     { revenue = "5 GW of revenue" })
check.options(function(o)
  local mix = pricing.channels { x = { share = "50 %", margin = "72 %" }, y = { margin = "30 %" } }
  return mix:revenue("x", o.revenue) + mix:profit("x", o.revenue)
end, {}, { revenue = "40 to 50 $bn" })
for _, name in ipairs { "gross_profit", "revenue", "profit" } do
  check.fails("revenue must be money", function()
    if name == "gross_profit" then return essay:gross_profit "5 GW" end
    return essay[name](essay, "clouds", "5 GW")
  end)
end
-- A margin is shown as margins are written, a part of revenue as the revenue is: plain if it is.
local function shows(x, text)
  check.is_true(tostring(x) == text, tostring(x) .. " is not " .. text)
end
local plain = pricing.channels { a = { share = .5, margin = .72 }, b = { share = .5, margin = .3 } }
shows(plain:margin(), "0.51")
shows(essay:margin(), "51 %")
shows(pricing.channels { a = { share = .5, margin = .72 }, b = { share = .5, margin = "30 %" } }
      :margin(), "51 %")
shows(pricing.channels { a = { share = "100 %", margin = .72 } }:margin(), "0.72")
for _, channels in ipairs { plain, essay } do
  shows(channels:gross_profit(44), "22.44")
  shows(channels:gross_profit "44 $bn/yr", "22.44 $bn/yr")
end
shows(essay:revenue("clouds", 44), "22")
shows(essay:profit("clouds", 44), "6.6")
-- A channel may cost more than it brings.
check.equal(pricing.channels { a = { share = 1, margin = "-150 %" } }:margin(), -1.5)
check.equal(pricing.channels { a = { share = 1, commission = 1, cost = .2 } }:margin(), -.2)
check.equal(essay:gross_profit "0 $", "0 $")

local function refuses(text, o) check.fails(text, function() pricing.channels(o) end) end
refuses("there are no channels", {})
local half = { share = .5, margin = .3 }
refuses("the shares add up to 90 %", { a = half, b = { share = .4, margin = .3 } })
refuses("the shares add up to 110 %", { a = half, b = { share = .6, margin = .3 },
                                        c = { margin = .3 } })
refuses("margin of a is missing", { a = { share = 1 } })
refuses("a has a margin and a commission or cost", { a = { margin = .5, cost = .2 } })
refuses("share of a and of b are missing", { a = { margin = .5 }, b = { margin = .5 } })
refuses("share of a must be 100 % at most, not 5000 %: write \"50 %\"",
        { a = { share = 50, margin = .5 } })
refuses("share of a must be 0 or more", { a = { share = -.5, margin = .5 } })
refuses("margin of a must be 100 % at most, not 7200 %: write \"72 %\"",
        { a = { share = 1, margin = 72 } })
refuses("margin of a must be 100 % at most, not 7200 %", { a = { share = 1, margin = "7200 %" } })
refuses("commission of a must be 100 % at most", { a = { share = 1, commission = 15 } })
check.fails("there is no channel \"x\"", function() essay:revenue("x", "5 $") end)

-- --- Commissions: Stripe Connect; a marketplace with a fee per order; Lago's percentage charge.

local card = pricing.commission { rate = "2.9 %", fixed = "0.30 $" }
check.equal(card:fee "10 $", "0.59 $")
check.equal(card:net "10 $", "9.41 $")
check.equal(card:rate "10 $", "5.9 %")
check.equal(card:rate "0 $", "0 %")
check.equal(card:fee("300 $", 3), "9.6 $")
check.equal(card:fee("1000 $/mo", "100 request/mo"), "59 $/mo")
check.equal(pricing.commission { rate = "10 %", fixed = "10 $" }:fee("300 $", 3), "60 $")
check.equal(pricing.commission { fixed = "12 $" }:fee "10 $", "10 $") -- no more than the amount
check.equal(pricing.commission { rate = "15 %" }:fee "40 $M/yr", "6 $M/yr")
-- The rate is shown as it is written; amounts may be plain where there is no money to meet.
shows(card:rate "10 $", "5.9 %")
shows(pricing.commission { rate = .029, fixed = "0.30 $" }:rate "10 $", "0.059")
shows(pricing.commission { fixed = "1 $" }:rate "10 $", "0.1")
local simple = pricing.commission { rate = "15 %" }
shows(simple:fee(100), "15")
shows(simple:charge(100), "15")
shows(simple:payout(100), "85")
shows(card:charge "10 $", "0.59 $")
shows(card:payout "10 $", "9.41 $")
check.fails("amount must be money, as the fixed fee", function() card:fee(10) end)
local lago = { rate = "1.3 %", fixed = "2 $" }
check.equal(pricing.commission(lago):fee("800 $", 4), "18.4 $")
check.equal(pricing.commission(lago):fee("0 $", 0), "0 $")
lago.free = "250 $"
check.equal(pricing.commission(lago):fee("800 $", 2), "11.15 $")
check.equal(pricing.commission { fixed = "2 $" }:fee("800 $", 4), "8 $")
local bounded = pricing.commission { rate = "1 %", minimum = "1.75 $", maximum = "12 $" }
check.equal(bounded:fee "100 $" + bounded:fee "1000 $" + bounded:fee "10000 $", "23.75 $")
bounded = pricing.commission { rate = "1 %", fixed = "1 $", minimum = "1.75 $", maximum = "12 $" }
check.equal(bounded:fee "100 $" + bounded:fee "1000 $" + bounded:fee "10000 $", "25 $")
check.options(function(o)
  return pricing.commission { rate = o.rate, fixed = o.fixed, minimum = o.minimum,
                              maximum = o.maximum, free = o.free }:fee("1000 $", 10)
end, { rate = "3 %", fixed = "0.3 $", minimum = "1 $", maximum = "50 $", free = "10 $" },
     { rate = "2 to 4 %", fixed = "0.2 to 0.4 $", minimum = "5 to 9 $", maximum = "1.5 to 3 $",
       free = "50 to 100 $" })
check.options(function(o)
  return pricing.commission { rate = "3 %", fixed = "0.3 $" }:net(o.amount, o.transactions)
end, { amount = "1000 $", transactions = 10 },
     { amount = "800 to 1200 $", transactions = "5 to 15 1" })
for _, name in ipairs { "fee", "net", "rate" } do
  check.fails("amount must be money", function() card[name](card, "5 GW") end)
end
check.fails("transactions is missing", function() card:fee "5 $/mo" end)
check.fails("fixed x transactions must be", function() card:fee("5 $", "3 request/mo") end)

-- --- Shares in revenue.

local deal = pricing.share { rate = "20 %", above = "1 $bn/yr" }
check.equal(deal:paid "13 $bn/yr", "2.4 $bn/yr")
check.equal(deal:kept "13 $bn/yr", "10.6 $bn/yr")
check.equal(deal:paid "0.5 $bn/yr", "0 $bn/yr")
check.equal(pricing.revenue_share { rate = "20 %", above = "1 $bn/yr" }:paid "13 $bn/yr",
            "2.4 $bn/yr")
shows(pricing.share { rate = "20 %" }:paid(100), "20")
shows(pricing.share { rate = "20 %" }:kept(100), "80")
check.equal(pricing.share { rate = "20 %", minimum = "100 $M/yr" }:paid "0.1 $bn/yr", "0.1 $bn/yr")
check.equal(pricing.share { rate = "20 %", maximum = "1 $bn/yr" }:paid "13 $bn/yr", "1 $bn/yr")
check.options(function(o) return pricing.share { rate = "20 %" }:paid(o.revenue) end, {},
              { revenue = "10 to 15 $bn/yr" })
check.options(function(o) return pricing.share { rate = "20 %" }:kept(o.revenue) end, {},
              { revenue = "10 to 15 $bn/yr" })
check.equal(deal:paid "0 $/yr", "0 $/yr")
check.fails("above must be", function() deal:paid "5 $" end)
horizon { from = "2026", periods = 5 }
local revenue = grow("10 $bn/yr", "50 %/yr")
local capped = pricing.share { rate = "20 %", total = "6 $bn" }
check.equal(capped:paid(revenue), { "2 $bn/yr", "3 $bn/yr", "1 $bn/yr", "0 $bn/yr", "0 $bn/yr" })
check.equal(capped:paid(revenue, 3), "1 $bn/yr")
check.equal(capped:kept(revenue)[3], "21.5 $bn/yr")
check.equal(capped:paid(series("$bn", "10 $bn")), { "2 $bn", "2 $bn", "2 $bn", "0 $bn", "0 $bn" })
-- Revenue that follows from what has been paid is asked for as it comes.
local own = series "$bn/yr"
for t in periods() do
  own[t] = t == 1 and q "10 $bn/yr" or own[t - 1] + capped:paid(own, t - 1)
end
check.equal(own, { "10 $bn/yr", "12 $bn/yr", "14.4 $bn/yr", "16 $bn/yr", "16 $bn/yr" })
check.same(pricing.share { rate = "20 %", total = q "6 $bn" * a.share }:paid(revenue):total(),
           q "6 $bn" * a.share)
check.fails("revenue must be a series", function() capped:paid "5 $bn/yr" end)
check.done()
