-- Prices that fall: steadily, or in a war.

local risk = require "risk"
local amounts = require "shared/amounts"
local clock = require "shared/clock"
local options = require "shared/options"

local prices = {}

-- What is left of a price after a year.
local function kept_per_year(o)
  local ways = (o.decline and 1 or 0) + (o.factor and 1 or 0) + (o.half_life and 1 or 0)
  if ways ~= 1 then
    fail('it takes one of decline = "90 %%/yr", factor = 10 (times cheaper each year) and '
         .. 'half_life = "4 mo", not %d', ways)
  end
  if o.decline then return max(1 - o.decline, 0) end
  if o.factor then return 1 / o.factor end
  return 0.5 ^ (q "1 yr" / o.half_life)
end

-- The part of the price at the start that is left in each period. What is kept may vary over the
-- periods, so that it is the product of theirs.
local function levels(o)
  local kept, start = kept_per_year(o), clock.from_start(o.start, "start")
  local before, at_before = q(1), nil
  return over_periods(function(t)
    local now = max(clock.moment(t, o.timing) - start, 0)
    local passed = at_before and now - at_before or now
    before, at_before = before * at(kept, t) ^ (passed / q "1 yr"), now
    return before
  end)
end

-- stop:     max(floor, price level)
-- approach: floor + (price - floor) level
function prices.erosion(o)
  local level = levels(o)
  local floor = in_unit(o.floor, o.price, "floor")
  return over_periods(function(t)
    local price, least = at(o.price, t), at(floor, t)
    if o.approach then return (least + (price - least) * at(level, t)):as(unit_of(o.price)) end
    return max(price * at(level, t), min(price, least)):as(unit_of(o.price))
  end)
end

-- A price war is an event that cuts the price, though not below cost.
function prices.war(o)
  o.cost = in_unit(o.cost, o.price, "cost")
  o.depth = options.either(o, "depth", "cut")
    or fail 'depth is missing: the part of the price that the war takes away, as in depth = "40 %%"'
  o.start = options.either(o, "start", "at")
  local start = o.start and clock.from_start(o.start, "start")
  if not (o.rate or o.chance or start) then start = q "0 yr" end
  o.event = risk.event {
    name = o.name, rate = o.rate, chance = o.chance, at = start,
    from = o.from, till = o.till, when = o.when, effect = -o.depth, onset = o.onset,
    duration = o.duration, recovery = o.recovery,
  }
  return o
end

function prices.war_price(w, t)
  return clock.value(w, "price", t, function(s)
    local price = at(w.price, s)
    local cut = price * w.event:factor(s)
    return max(cut, min(price, at(w.cost, s))):as(unit_of(w.price))
  end)
end

-- The price relative to peace, 0 where that is 0.
local function relative(w, s) return amounts.ratio(prices.war_price(w, s), at(w.price, s)) end

-- Demand of constant elasticity: how much more is sold at the price of the war. Of what costs
-- nothing it would be without end, and says nothing: 0.
function prices.war_volume(w, t)
  return clock.value(w, "volume", t, function(s)
    return amounts.ratio(q(1), relative(w, s) ^ at(w.elasticity, s))
  end)
end

function prices.war_revenue(w, t)
  return clock.value(w, "revenue", t, function(s)
    return relative(w, s) * prices.war_volume(w, s)
  end)
end

function prices.war_margin(w, t)
  return clock.value(w, "margin", t, function(s)
    local price = prices.war_price(w, s)
    return amounts.ratio(price - at(w.cost, s), price)
  end)
end

return prices
