-- fine
horizon { periods = 4, step = "year" }
local x = series "1"
local numbers = { 0 / 0, 1 / 0, -1 / 0, -0.0, 2 ^ 53, 2 ^ 63, -2 ^ 63, math.maxinteger, math.mininteger, 5e-324, 1.7e308, 0.5, -1, 1e6 + 0.5 }
local calls = {
  function(n) x[n] = 1 end,
  function(n) local _ = x[n] end,
  function(n) local _ = label(n) end,
  function(n) local _ = year(n) end,
  function(n) x:lag(n, 0) end,
  function(n) x:npv(n) end,
  function(n) x:annual(n) end,
  function(n) grow(n, n) end,
  function(n) grow("1 $", n) end,
  function(n) walk("w" .. n, { start = n, drift = n, volatility = n }) end,
  function(n) gbm("g" .. n, { start = n, drift = n, volatility = n }) end,
  function(n) ar1("r" .. n, { start = n, mean = n, revert = n, volatility = n }) end,
  function(n) event("e" .. n, { rate = n }) end,
  function(n) horizon { periods = n, step = "year" } end,
  function(n) series("$", { [n] = 1 }) end,
  function(n) series("$", { [0] = n }) end,
  function(n) noise(n) end,
  function(n) settings { samples = n } end,
  function(n) settings { seed = n } end,
  function(n) correlate { { x, x, n } } end,
  function(n) variant("v" .. n, { x = n }) end,
}
for _, call in ipairs(calls) do
  for _, n in ipairs(numbers) do pcall(call, n) end
end
