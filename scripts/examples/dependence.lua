-- One idea: correlation. A lab whose machines are busy when prices are high loses both at once.
-- The mean profit hardly notices. But the bad cases come together: the profit in twenty that is
-- worst is lower, and a large loss more than twice as likely.

-- moat: allow no-source: an example
local a = assume {
  capacity    = { "2 GW", note = "made up for the example, as all of these" },
  utilisation = { "uniform(70, 95) %", note = "a share, which must not leave 0 to 100 %" },
  price       = { "11 to 15 $bn/GW/yr", note = "of a GW in use" },
  cost        = { "7.5 to 9.5 $bn/GW/yr", note = "of a GW, used or not" },
}
-- moat: allow no-source: an example
local b = assume("alone", {
  utilisation = { "uniform(70, 95) %", note = "the same, drawn independently" },
  price       = { "11 to 15 $bn/GW/yr", note = "the same, drawn independently" },
})

correlate { { a.utilisation, a.price, 0.7 } }

local function profit(utilisation, price)
  return a.capacity * (utilisation * price - a.cost)
end

local together, apart = profit(a.utilisation, a.price), profit(b.utilisation, b.price)
output("together", together, { unit = "$bn/yr", label = "Profit, correlated" })
output("apart", apart, { unit = "$bn/yr", label = "Profit, independent" })
output("loss_together", together:below "-2 $bn/yr", { label = "A loss of over $2bn, correlated" })
output("loss_apart", apart:below "-2 $bn/yr", { label = "A loss of over $2bn, independent" })
