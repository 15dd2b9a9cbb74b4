-- fine
local numbers = { 0 / 0, 1 / 0, -1 / 0, -0.0, 2 ^ 53, 2 ^ 63, -2 ^ 63, math.maxinteger, math.mininteger, 5e-324, 1.7e308, 0.5, -1, 1e6 + 0.5 }
local calls = {
  function(n) math.abs(n) end,
  function(n) math.ceil(n) end,
  function(n) math.floor(n) end,
  function(n) math.sqrt(n) end,
  function(n) math.exp(n) end,
  function(n) math.log(n) end,
  function(n) math.log(n, n) end,
  function(n) math.sin(n) end,
  function(n) math.fmod(n, n) end,
  function(n) math.fmod(1, n) end,
  function(n) math.modf(n) end,
  function(n) math.tointeger(n) end,
  function(n) math.random(n) end,
  function(n) math.random(n, n) end,
  function(n) math.random(0, n) end,
  function(n) math.ult(n, n) end,
  function(n) local _ = n // n end,
  function(n) local _ = n % n end,
  function(n) local _ = n ^ n end,
  function(n) local _ = n << n end,
  function(n) local _ = n >> 64 end,
  function(n) local _ = ~n end,
  function(n) local _ = 1 // n end,
  function(n) local _ = n // 0 end,
  function(n) local _ = n % 0 end,
  function(n) max(n, n) end,
  function(n) min(n, 1) end,
  function(n) clamp(n, 0, 1) end,
  function(n) clamp(1, n, n) end,
  function(n) floor(n) end,
  function(n) round(n) end,
  function(n) math.type(n) end,
}
for _, call in ipairs(calls) do
  for _, n in ipairs(numbers) do pcall(call, n) end
end
