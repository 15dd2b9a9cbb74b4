-- The prices that nobody gains by changing (Bertrand and Nash) where all choose freely by a logit:
-- each makes price - cost = 1 / (sensitivity (1 - share)).
--
-- In units of utility, with a = sensitivity (quality - cost), x the mark-up and W the sum of
-- exp(a - x) over all and of the outside, a share is s = exp(a - x)/W and x = 1/(1 - s): rivals
-- matter through W alone (Nocke and Schutz, Econometrica 86, 2018). So with m = x - 1 = s/(1 - s)
-- and L = log(W) there are as many equations as firms, and one more:
--
--   m + log(m/(1 + m)) = a - 1 - L        and        sum(m/(1 + m)) + exp(outside - L) = 1
--
-- Newton's method solves them together: each step takes what m changes with L into the last
-- equation. Of 2 to 8 firms whose worth differs by up to 1,200 the worst is off by 1e-10 after five
-- steps from the start below, and by rounding alone after six.

local steps = 6

-- Below this a share is nothing, but not yet 0.
local least = -690

local equilibrium = {}

-- About log(1 + exp(x)): x where that is large, exp(x) where it is far below 0.
local function ramp(x) return max(x, 0) + exp(max(min(x, 0), least)) end

-- The logarithm of the sum of exp.
local function log_sum(list)
  local best, sum = max(table.unpack(list)), 0
  for _, x in ipairs(list) do sum = sum + exp(x - best) end
  return best + log(sum)
end

-- The largest of the others for each of a list; of nobody, what `none` says.
local function best_of_others(list, none)
  local function larger(a, b) return a and b and max(a, b) or a or b end
  local best, before, after = {}, none, nil
  for i = 1, #list do best[i], before = before, larger(before, list[i]) end
  for i = #list, 1, -1 do best[i], after = larger(best[i], after), larger(after, list[i]) end
  return best
end

-- The start: the best answer of each to its best rival alone, who is taken to ask 1.5. It is
-- 1 + w with w + log(w) = a - log(R) - 1, w as near as in Iacono and Boyd (2017).
local function start(worth, outside)
  local asked = {}
  for i, a in ipairs(worth) do asked[i] = a - 1.5 end
  local rivals, weights = best_of_others(asked, outside), { outside }
  for i, a in ipairs(worth) do
    local size = ramp(a - rivals[i] - 1)
    weights[#weights + 1] = a - 1 - size * (1 - log(1 + size) / (2 + size))
  end
  local total, m = log_sum(weights), {}
  for i, a in ipairs(worth) do m[i] = ramp(a - 1 - total) end
  return m, total
end

-- One of Newton's steps from m and L to the next.
local function step(worth, outside, m, total)
  local excess, slope = -1, 0
  if outside then
    slope = exp(outside - total)
    excess = slope - 1
  end
  local gaps, gains = {}, {}
  for i, a in ipairs(worth) do
    local x = 1 + m[i]
    local share, product = m[i] / x, m[i] * x
    gaps[i] = max(a - 1 - total, least) - m[i] - log(share)
    gains[i] = product / (1 + product)                 -- dm/da
    local change = gains[i] / (x * x)                   -- ds/da
    excess, slope = excess + share + change * gaps[i], slope + change
  end
  local move = excess / slope
  local next_m = {}
  for i, x in ipairs(m) do next_m[i] = max(x + (gaps[i] - move) * gains[i], x / 8) end
  return next_m, total + move
end

-- The mark-ups in utility, given what each offer is worth at cost.
function equilibrium.markups(worth, outside)
  local m, total = start(worth, outside)
  for _ = 1, steps do m, total = step(worth, outside, m, total) end
  for i, x in ipairs(m) do m[i] = 1 + x end
  return m
end

return equilibrium
