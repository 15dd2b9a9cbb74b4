-- fine
local numbers = { 0 / 0, 1 / 0, -1 / 0, -0.0, 2 ^ 53, 2 ^ 63, -2 ^ 63, math.maxinteger, math.mininteger, 5e-324, 1.7e308, 0.5, -1, 1e6 + 0.5 }
local calls = {
  function(n) horizon { periods = n, step = "month" } end,
  function(n) horizon { from = n, to = n } end,
  function(n) horizon { from = "2026", periods = n } end,
  function(n) horizon { from = "2026-Q" .. n, periods = 4, step = "quarter" } end,
}
for _, call in ipairs(calls) do
  for _, n in ipairs(numbers) do pcall(call, n) end
end
