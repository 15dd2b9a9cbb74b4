-- One of everything that a journal can tell.
settings { samples = 100 }
unit("unicorn", "1 $bn")
unit "robot"
horizon { from = "2026-Q3", periods = 3, step = "quarter" }
local a = assume("world", {
  price = { "12 to 15 $bn/GW/yr", source = "a list", note = "all-in", date = "2026-05", label = "P" },
  gw = "2 GW", growth = "pert(5, 10, 40) %/yr", worth = "3 unicorns", robots = "5 to 9 robots",
})
local also = assume("twice", a.price * 2)
correlate { { a.price, a.growth, 0.5 } }
variant("dear", { ["world.price"] = "20 $bn/GW/yr", ["world.gw"] = dist.uniform("1 GW", "3 GW") })
local mix = dist.mixture { { dist.normal(1, 2), 0.5 }, { dist.truncate(dist.gamma(2, 3), 1, 5), 0.5 } }
local points = dist.discrete { { 1, 1 }, { 2, 3 } } + dist.empirical { 1, 2, 4 }
  + dist.metalog { { 0.1, 1 }, { 0.5, 2 }, { 0.9, 4 } }
local revenue = grow(a.price * a.gw, a.growth) * when(event("ban", { rate = "5 %/yr" }), 0.8, 1)
local tiers = pricing.tiers { mode = "volume", per = "Mtok",
  { upto = 10, price = "5 $/Mtok" }, { price = a.growth * dt * "20 $/Mtok" } }
output("irr", series("$bn", { [0] = "-10 $bn", "4 $bn", "4 $bn", "5 $bn" }):irr())
output("npv", revenue:npv "10 %/yr", { unit = "$bn", label = "Worth" })
output("mix", mix + points)
output("charge", tiers:charge(a.robots / "1 robot" * "2 Mtok"))
output { revenue = revenue, twice = also, enough = revenue:last():above("6 $bn/yr") }
