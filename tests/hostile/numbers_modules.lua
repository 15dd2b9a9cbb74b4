-- fine
horizon { periods = 4, step = "year" }
local f = compute.fleet { capex = "40 $bn/GW", life = "5 yr" }
local c = funding.captable { founders = "8 M share" }
local numbers = { 0 / 0, 1 / 0, -1 / 0, -0.0, 2 ^ 53, 2 ^ 63, -2 ^ 63, math.maxinteger, math.mininteger, 5e-324, 1.7e308, 0.5, -1, 1e6 + 0.5 }
local calls = {
  function(n) f:order(n, n) end,
  function(n) f:online(n) end,
  function(n) f:serve(n, n) end,
  function(n) f:capex(n) end,
  function(n) c:ownership("founders", n) end,
  function(n) c:round { name = "a" .. n, pre = n, raise = n, at = n } end,
  function(n) c:round { name = "b" .. n, pre = "10 $M", raise = "1 $M", pool = n, at = 1 } end,
  function(n) c:waterfall(n) end,
  function(n) c:safe { amount = n, cap = n } end,
  function(n) c:debt { amount = n, rate = n } end,
  function(n) funding.runway(n, n) end,
  function(n) internal.venture { pool = n, firms = n, decay = n } end,
  function(n) compute.tokens { per_gw = n, gain = n } end,
  function(n) finance.npv(n) end,
  function(n) risk.event("r" .. n, { rate = n }) end,
}
for _, call in ipairs(calls) do
  for _, n in ipairs(numbers) do pcall(call, n) end
end
