-- fine
local numbers = { 0 / 0, 1 / 0, -1 / 0, -0.0, 2 ^ 53, 2 ^ 63, -2 ^ 63, math.maxinteger, math.mininteger, 5e-324, 1.7e308, 0.5, -1, 1e6 + 0.5 }
local calls = {
  function(n) local _ = q(n) end,
  function(n) local _ = q "1 to 2 $" * n end,
  function(n) local _ = q "1 to 2 $" + n end,
  function(n) local _ = q "1 to 2 $" / n end,
  function(n) local _ = q "1 to 2" ^ n end,
  function(n) local _ = q "1 to 2 $" ^ n end,
  function(n) local _ = q "1 to 2" % n end,
  function(n) q(n .. " $") end,
  function(n) q("1 $^" .. n) end,
  function(n) q(n .. " to " .. n .. " $") end,
  function(n) q("1 to 2 @ " .. n .. " % $") end,
  function(n) assume("x" .. n, n) end,
  function(n) output("y" .. n, n) end,
  function(n) when(n, n, n) end,
  function(n) q "1 to 2 $":above(n) end,
  function(n) q "1 to 2 $":quantile(n) end,
  function(n) chance(n) end,
  function(n) summary(n) end,
  function(n) print(n, q "1 $" * n) end,
  function(n) unit("u", n) end,
  function(n) q "1 to 2 $":as(n) end,
}
for _, call in ipairs(calls) do
  for _, n in ipairs(numbers) do pcall(call, n) end
end
