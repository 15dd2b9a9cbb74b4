-- One idea: correlation. Demand and price move together, so the bad cases come together. The
-- averages hardly notice; the tails do.

local a = assume {
  capacity    = "2 GW",
  utilisation = "70 to 95 %",
  price       = "11 to 15 $bn/GW/yr",
  cost        = "9 to 11.5 $bn/GW/yr",
}
local b = assume("alone", {
  utilisation = "70 to 95 %",
  price       = "11 to 15 $bn/GW/yr",
})

correlate { { a.utilisation, a.price, 0.7 } }

local function profit(utilisation, price)
  return a.capacity * (utilisation * price - a.cost)
end

local together, apart = profit(a.utilisation, a.price), profit(b.utilisation, b.price)
output("together", together, { unit = "$bn/yr", label = "Profit, correlated" })
output("apart", apart, { unit = "$bn/yr", label = "Profit, independent" })
output("loss_together", together:below(0), { label = "Loss, correlated" })
output("loss_apart", apart:below(0), { label = "Loss, independent" })
