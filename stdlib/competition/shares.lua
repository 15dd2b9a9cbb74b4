-- Who serves how many: a multinomial logit over what each offers.
--
-- Of those who choose freely a part w_i / W chooses i, w_i = exp(u_i), W the sum over all and the
-- outside. Who already is with j pays the switching cost S for any other, and stays with
-- probability w_j / (w_j + exp(-S) (W - w_j)). Utility, in the units of price or of its logarithm:
--
--   sensitivity per price      u = sensitivity (value - price), or quality - sensitivity price
--   sensitivity without unit   u = quality - sensitivity log(price): a constant elasticity

local amounts = require "shared/amounts"
local clock = require "shared/clock"
local equilibrium = require "competition/equilibrium"

local shares = {}

local function is_plain(x) return has_unit(x, "1") end

-- What a value is in utility: worth its price, where it is in the unit of price.
local function utility(c, x, name)
  if c.is_log then return in_unit(x, q "1", name) end
  if is_plain(x) and not is_plain(c.rows[1].price) then return x end
  return in_unit(x, c.rows[1].price, name) * c.sensitivity
end

local function check_rows(rows)
  if #rows < 2 then
    fail("it takes two or more who compete: { { price = ... }, { price = ... } }")
  end
  local number = {}
  for i, row in ipairs(rows) do
    row.name = row.name or tostring(i)
    if number[row.name] then fail('there are two of the name "%s"', row.name) end
    number[row.name] = i
    row.price = in_unit(row.price, rows[1].price, "price of " .. row.name)
    row.cost = in_unit(row.cost, rows[1].price, "cost of " .. row.name)
  end
  return number
end

local function sensitivity_of(o)
  if o.sensitivity and o.spread then fail("spread is 1/sensitivity: give one of them") end
  if o.spread then return 1 / in_unit(o.spread, o.rows[1].price, "spread") end
  if not o.sensitivity then
    fail("sensitivity is missing: what a price takes away, as in \"0.5 Mtok/$\" or, as an "
         .. "elasticity, 2; or spread = \"2 $/Mtok\", how much tastes differ")
  end
  return o.sensitivity
end

-- The shares at the beginning; where they are uncertain and add up to more than all there are, they
-- are parts of their sum.
local function read_opening(c)
  local rows, sum = c.rows, q(0)
  for _, row in ipairs(rows) do
    -- Shares are shown as the first that was given.
    c.like = c.like or row.share
    row.share = row.share or q(0)
    sum = sum + row.share
  end
  if not known(sum) then
    for _, row in ipairs(rows) do row.share = row.share / max(sum, 1) end
  elseif known(sum) > 1 + 1e-12 then
    fail("the shares add up to %s, more than 100 %%", tostring(sum:as "%"))
  end
end

local function check_not_free(o, row)
  if known(row.price) ~= 0 then return end
  fail("price of %s is 0, of which no elasticity takes a percent: instead of sensitivity say how "
       .. "much tastes differ, as in spread = \"2 %s\"", row.name, unit_of(row.price))
end

function shares.new(o)
  o.number = check_rows(o.rows)
  o.sensitivity = sensitivity_of(o)
  o.is_log = is_plain(o.sensitivity) and not is_plain(o.rows[1].price)
  if not o.is_log and not is_plain(o.sensitivity * o.rows[1].price) then
    fail("sensitivity must be a number, or per price, as in 1/(%s), not %s",
         unit_of(o.rows[1].price), tostring(o.sensitivity))
  end
  local one = o.is_log and q("1 " .. unit_of(o.rows[1].price))
  for _, row in ipairs(o.rows) do
    row.utility = utility(o, row.quality, "quality of " .. row.name)
    if o.is_log then check_not_free(o, row) end
    local price = o.is_log and log(row.price / one) or row.price
    row.utility = row.utility - o.sensitivity * price
  end
  -- Never 0, so that who is with one whom nobody chooses goes where the others go.
  o.loyalty = max(exp(-utility(o, o.switching_cost, "switching_cost")), 2 ^ -1000)
  if o.outside then o.outside = utility(o, o.outside, "outside") end
  read_opening(o)
  return o
end

-- The value of a period; of all of them where t is nil.
local function value(x, t)
  if t == nil then return x end
  return at(x, t)
end

-- exp(utility - best). With an elasticity the utility of who is free is infinite: it takes all.
local function weight(c, utility, best)
  local part = exp(utility - best)
  return c.is_log and when(utility:equals(best), 1, part) or part
end

-- The weights w_i as parts of the largest, and their sum.
local function weigh(c, t)
  local utilities, best = {}, c.outside and value(c.outside, t)
  for i, row in ipairs(c.rows) do
    utilities[i] = value(row.utility, t)
    best = best and max(best, utilities[i]) or utilities[i]
  end
  local weights = { total = c.outside and exp(value(c.outside, t) - best) or q(0) }
  for i, utility in ipairs(utilities) do
    weights[i] = weight(c, utility, best)
    weights.total = weights.total + weights[i]
  end
  return weights
end

local function weights_of(c, t)
  if t == nil then return weigh(c) end
  return clock.value(c, "weights", t, function(s) return weigh(c, s) end)
end

-- The probability that who is with j (nobody: nil) chooses i.
local function choice(weights, loyalty, i, j)
  if j == nil then return weights[i] / weights.total end
  local others = loyalty * (weights.total - weights[j])
  return (i == j and weights[i] or loyalty * weights[i]) / (weights[j] + others)
end

-- f of the probability of i, averaged over whom the customers are with: held[j] with j.
local function averaged(c, t, i, held, f)
  local weights, loyalty = weights_of(c, t), value(c.loyalty, t)
  local free, sum = q(1), q(0)
  for j = 1, #c.rows do
    free = free - held[j]
    sum = sum + held[j] * f(choice(weights, loyalty, i, j))
  end
  return sum + free * f(choice(weights, loyalty, i, nil))
end

local function itself(x) return x end

local function opening(c)
  local held = {}
  for j, row in ipairs(c.rows) do held[j] = row.share end
  return held
end

-- The shares with which a period begins.
local function held_before(c, t)
  if not c.reconsider or t == nil or t == 1 then return opening(c) end
  local held = {}
  for j = 1, #c.rows do held[j] = shares.share(c, j, t - 1) end
  return held
end

-- Without `reconsider` all choose once, from whom they are with at the beginning. With it a part
-- of them does in each period, from whom they are with by then.
function shares.share(c, i, t)
  if not c.reconsider then
    return amounts.part_like(averaged(c, t, i, opening(c), itself), c.like)
  end
  return clock.running(c, "share of " .. i, t, function(s)
    local held = held_before(c, s)
    local moving = clock.part(at(c.reconsider, s))
    local chosen = averaged(c, s, i, held, itself)
    return amounts.part_like(held[i] + (chosen - held[i]) * moving, c.like)
  end)
end

-- The own-price elasticity of the choices made in a period: d log(share) / d log(price).
function shares.elasticity(c, i, t)
  if t == nil and c.reconsider then
    return over_periods(function(s) return shares.elasticity(c, i, s) end)
  end
  local held = held_before(c, t)
  local slope = averaged(c, t, i, held, function(p) return p * (1 - p) end)
  local chosen = averaged(c, t, i, held, itself)
  local steepness = value(c.sensitivity, t)
  if not c.is_log then steepness = steepness * value(c.rows[i].price, t) end
  return amounts.ratio(-steepness * slope, chosen)
end

-- The prices in utility that nobody gains by changing.
local function markups_of(c, t)
  local worth = {}
  for i, row in ipairs(c.rows) do
    local margin = value(row.price, t) - value(row.cost, t)
    worth[i] = value(row.utility, t) + value(c.sensitivity, t) * margin
  end
  return equilibrium.markups(worth, c.outside and value(c.outside, t))
end

function shares.equilibrium(c, i, t)
  if c.is_log then
    fail("sensitivity must be per price, as in 1/(%s): a constant elasticity has another answer",
         unit_of(c.rows[1].price))
  end
  local markups = t and clock.value(c, "markups", t, function(s) return markups_of(c, s) end)
    or markups_of(c)
  local row = c.rows[i]
  return (value(row.cost, t) + markups[i] / value(c.sensitivity, t)):as(unit_of(row.price))
end

-- The part of i in the market, at so much for each that is sold.
local function sales(c, i, t, each)
  if not c.market then
    fail('market is missing: give competition.shares how much is sold in all, as in "500 Ttok/yr"')
  end
  return each * value(c.market, t) * shares.share(c, i, t)
end

function shares.revenue(c, i, t)
  return sales(c, i, t, value(c.rows[i].price, t))
end

function shares.profit(c, i, t)
  return sales(c, i, t, value(c.rows[i].price, t) - value(c.rows[i].cost, t))
end

return shares
