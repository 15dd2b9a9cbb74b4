-- fine
local numbers = { 0 / 0, 1 / 0, -1 / 0, -0.0, 2 ^ 53, 2 ^ 63, -2 ^ 63, math.maxinteger, math.mininteger, 5e-324, 1.7e308, 0.5, -1, 1e6 + 0.5 }
local calls = {
  function(n) pricing.tiers { { upto = n, price = n }, { price = 1 } }:charge(5) end,
  function(n) pricing.tiers { { upto = 10, price = n }, { price = 1 } }:charge(n) end,
  function(n) pricing.tiers { mode = "package", size = n, free = n, { price = n } }:charge(5) end,
  function(n) pricing.subscription { price = n } end,
  function(n) pricing.commit { spend = n, discount = n } end,
  function(n) pricing.channels { a = { share = n, margin = n } }:gross_profit(1) end,
  function(n) pricing.menu { value = dist.normal(n, 1), { name = "a", price = n, quality = n } }:share "a" end,
}
for _, call in ipairs(calls) do
  for _, n in ipairs(numbers) do pcall(call, n) end
end
