-- fine
local numbers = { 0 / 0, 1 / 0, -1 / 0, -0.0, 2 ^ 53, 2 ^ 63, -2 ^ 63, math.maxinteger, math.mininteger, 5e-324, 1.7e308, 0.5, -1, 1e6 + 0.5 }
local calls = {
  function(n) output("a", dist.normal(n, n)) end,
  function(n) output("b", dist.normal(0, n)) end,
  function(n) output("c", dist.lognormal(n, n)) end,
  function(n) dist.uniform(n, n) end,
  function(n) dist.uniform(0, n) end,
  function(n) dist.triangular(n, n, n) end,
  function(n) dist.pert(0, n, 1) end,
  function(n) dist.pert(n, n, n) end,
  function(n) dist.beta(n, n) end,
  function(n) dist.beta(1, n) end,
  function(n) dist.gamma(n, n) end,
  function(n) dist.gamma(1, n) end,
  function(n) dist.exponential(n) end,
  function(n) dist.weibull(n, n) end,
  function(n) dist.student_t(n) end,
  function(n) dist.bernoulli(n) end,
  function(n) dist.poisson(n) end,
  function(n) dist.binomial(n, 0.5) end,
  function(n) dist.binomial(10, n) end,
  function(n) dist.discrete { { n, 1 }, { 1, n } } end,
  function(n) dist.mixture { { dist.normal(0, 1), n } } end,
  function(n) dist.metalog { { 0.1, n }, { 0.5, 1 }, { 0.9, 2 } } end,
  function(n) dist.metalog { { n, 1 }, { 0.5, 2 }, { 0.9, 3 } } end,
  function(n) dist.empirical { n, n } end,
  function(n) dist.truncate(dist.normal(0, 1), n, n) end,
  function(n) dist.truncate(dist.normal(0, 1), 0, n) end,
}
for _, call in ipairs(calls) do
  for _, n in ipairs(numbers) do pcall(call, n) end
end
