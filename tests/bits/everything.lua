-- Every operation, distribution and process, for tests that compare bits. What it computes
-- means nothing; each line should depend on rounding, and on as little else as can be.

horizon { from = "2026-Q3", periods = 24, step = "quarter" }

local a = assume {
  range       = "12 to 15",
  both_signs  = "-3 to 5 @ 50 %",
  normal      = dist.normal("0.1 $bn", "0.3 $bn"),
  lognormal   = dist.lognormal(0.7, 0.3),
  uniform     = dist.uniform(-1, 1),
  triangular  = dist.triangular(1, 3, 7),
  pert        = dist.pert(10, 13, 18),
  beta        = dist.beta(2.3, 0.7),
  gamma       = dist.gamma(2.5, 0.3),
  exponential = dist.exponential(0.7),
  weibull     = dist.weibull(1.5, 3),
  student_t   = dist.student_t(3.7),
  bernoulli   = dist.bernoulli(0.3),
  poisson     = dist.poisson(4.2),
  binomial    = dist.binomial(17, 0.3),
  discrete    = dist.discrete { { 0.1, 1 }, { 0.3, 2 }, { 0.7, 0.5 } },
  mixture     = dist.mixture { { dist.normal(0, 1), 0.7 }, { dist.gamma(2, 3), 0.3 } },
  metalog     = dist.metalog { { 0.1, 1 }, { 0.5, 2.3 }, { 0.9, 7 } },
  empirical   = dist.empirical { 0.1, 0.7, 1.3, 2.9 },
  truncate    = dist.truncate(dist.normal(0, 1), -0.7, 2),
  constant    = "0.1",
}
local b = assume {
  nested = dist.normal(a.uniform, a.gamma),
  wide   = dist.lognormal(a.both_signs * 0.1, 0.2),
}
correlate { { a.lognormal, a.uniform, 0.6 }, { a.uniform, a.gamma, -0.3 }, { a.lognormal, a.gamma, 0.1 } }

local x, y, positive = a.both_signs, a.uniform, a.lognormal

local of_one = {
  "exp", "sin", "cos", "tan", "atan", "floor", "ceil", "abs",
}
for _, name in ipairs(of_one) do
  output("math." .. name, math[name](x / 3))
end

output {
  add = x + y, sub = x - y, mul = x * y, div = x / y, mod = x % y, neg = -x,
  pow = positive ^ y, square = x ^ 2, cube = x ^ 3, root = positive ^ 0.5, inverse = x ^ -1,
  log = log(positive), log2 = log(positive, 2), sqrt = sqrt(positive), asin = math.asin(y),
  acos = math.acos(y), atan2 = math.atan(x, y), round = round(x), max = max(x, y, 0.1), min = min(x, y, 0.1),
  clamp = clamp(x, -0.3, y), when = when(x:above(y), x / 7, y / 3),
  conditions = (x:below(y) & y:at_least(0)) | ~x:at_most(0.1) | x:equals(y),
  not_a_number = log(y), infinite = 1 / (y - y), tiny = y * 1e-300 * 1e-10,
  folded = a.constant / 3 + exp(a.constant), shown = a.normal:as "$M",
}
output(a)
output(b)

local grown = grow("100 $", a.uniform * "10 %/yr")
local walked = walk("walk", { start = "5 $", drift = "1 $/yr", volatility = "2 $" })
local priced = gbm("gbm", { start = "5 $", drift = "7 %/yr", volatility = "30 %" })
local reverting = ar1("ar1", { mean = "30 %", revert = "50 %/yr", volatility = "10 %" })
local shock = noise "noise"
local cash = series("$", { [0] = "3 $" })
for t in periods() do
  cash[t] = cash[t - 1] * (1 + reverting[t] * 0.1) + walked[t] * 0.01 - priced[t] * shock[t] * 0.3
end
output {
  grown = grown, walked = walked, priced = priced, reverting = reverting, cash = cash,
  event = event("event", { rate = "20 %/yr" }),
  repeated = event("repeated", { rate = "90 %/yr", repeats = true }),
  annual = cash:annual("mean"), cumulative = cash:cumsum(), lagged = cash:lag(3), change = cash:diff(),
  sum = cash:sum(), mean = cash:mean(), most = cash:max(), least = cash:min(),
  npv = cash:npv "10 %/yr", npv_mid = cash:npv("10 %/yr", { timing = "mid" }),
  irr = (cash - "3 $"):irr(), when_rich = cash:first_when(cash:above "4 $"),
}
