-- Does a lab that rents its compute make money, and from when on?
--
--   moat run scenario.lua                              the results
--   moat run scenario.lua --variant "price war"        the same under other assumptions
--   moat run scenario.lua --set 'price=16 to 20 $bn/GW/yr'
--   moat repl scenario.lua                             explore it
--   moat check scenario.lua                            look for mistakes

horizon { from = "2027-Q1", to = "2031-Q4" }

-- Ranges are 5th to 95th percentiles. Say where each comes from, and replace these by your own.
local a = assume {
  revenue = { "40 to 48 $bn/yr", note = "a judgement, to be replaced: run rate at the start" },
  growth  = { "0 to 40 %/yr", note = "a judgement, to be replaced" },
  compute = { "4 to 5 GW", note = "a judgement, to be replaced: rented, for all uses" },
  price   = { "12 to 15 $bn/GW/yr", note = "a judgement, to be replaced: all-in rent" },
}

local revenue = grow(a.revenue, a.growth)
local profit  = revenue - a.compute * a.price

output("revenue", revenue, { unit = "$bn/yr", label = "Revenue" })
output("profit", profit, { unit = "$bn/yr", label = "Profit" })
output("black", profit:first_when(profit:above(0)), { label = "First profitable quarter" })
output("worth", profit:npv "10 %/yr", { unit = "$bn", label = "Present value of profit" })

variant("price war", { growth = "-20 to 10 %/yr" })
variant("own chips", { price = "8 to 10 $bn/GW/yr" })
