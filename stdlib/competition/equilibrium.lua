-- The prices that nobody gains by changing (Bertrand and Nash) where all choose freely by a logit:
-- each makes price - cost = 1 / (sensitivity (1 - share)).
--
-- In units of utility, with a = sensitivity (quality - cost), x the mark-up and R the sum of
-- exp(a - x) over the others, the best answer is x = 1 + w with w + log(w) = a - log(R) - 1: w is
-- Lambert's function. A sweep lets each answer in turn. An answer moves by its share times the part
-- of R that moved, so that of two an error shrinks to a quarter at least in each sweep.

local sweeps, steps = 24, 3

local equilibrium = {}

-- log(sum(exp)) of a list.
local function log_sum(list)
  local best = list[1]
  for i = 2, #list do best = max(best, list[i]) end
  local sum = q(0)
  for _, x in ipairs(list) do sum = sum + exp(x - best) end
  return best + log(sum)
end

-- The w of w + log(w) = target: the starting value and the iteration, which converges
-- quadratically from it for every target, of Iacono and Boyd (2017).
local function lambert(target)
  local size = max(target, 0) + log(1 + exp(-abs(target)))      -- log(1 + exp(target))
  local w = size * (1 - log(1 + size) / (2 + size))
  w = when(target:below(-20), exp(max(target, -700)), w)        -- where that loses its digits
  for _ = 1, steps do w = w * (1 + max(target, -700) - log(w)) / (1 + w) end
  return w
end

-- The logarithm of what the rivals of i weigh.
local function rivals(worth, markups, i, outside)
  local list = { outside }
  for j = 1, #worth do
    if j ~= i then list[#list + 1] = worth[j] - markups[j] end
  end
  return log_sum(list)
end

-- The mark-ups in utility, given what each offer is worth at cost.
function equilibrium.markups(worth, outside)
  local markups = {}
  for i = 1, #worth do markups[i] = q(2) end
  for _ = 1, sweeps do
    for i = 1, #worth do
      markups[i] = 1 + lambert(worth[i] - rivals(worth, markups, i, outside) - 1)
    end
  end
  return markups
end

return equilibrium
