-- A little of everything, in few allocations.
horizon { from = "2026-Q3", periods = 2, step = "quarter" }
local a = assume {
  price = { "12 to 15 $bn/GW/yr", source = "a list" },
  gw = "2 GW",
  growth = "pert(5, 10, 40) %/yr",
}
correlate { { a.price, a.growth, 0.5 } }
variant("dear", { price = "20 $bn/GW/yr" })
local revenue = grow(a.price * a.gw, a.growth)
local ban = event("ban", { rate = "5 %/yr" })
local earned = when(ban, revenue * 0.8, revenue)
output("npv", earned:npv("10 %/yr"), { unit = "$bn", label = "Net present value" })
output("earned", earned)
output("enough", earned:last():above("30 $bn/yr"))
