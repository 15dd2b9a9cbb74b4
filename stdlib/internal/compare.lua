-- One capability, sold by API or kept in-house. Selling earns its fee from the release on, and ends
-- the use in-house, or goes on with it among the holders that selling has made.
--
--   forgone   = the profit of selling, while sold
--   destroyed = the ventures' profit as kept - their profit while sold
--   advantage = destroyed - forgone = keep - sell

local venture = require "internal/venture"
local amounts = require "shared/amounts"
local clock = require "shared/clock"

local compare = {}

-- Selling is a matter of whole periods: from the first whose moment is at the release or after.
local function is_sold(c, t)
  return clock.moment(t, c.timing):at_least(c.release)
end

-- Whether the lab goes on to use what it sells.
local function goes_on(c)
  return c.leak ~= nil or c.sale.catch_up ~= nil
end

-- How many hold the edge of a venture in period t once it is sold. One follows a sole holder at
-- least.
local function holders_sold(c, v, t)
  local holders = venture.holders(v, t)
  if c.sale.catch_up then
    c.memory_of[v] = c.memory_of[v] or {}
    local first = max(c.release, v.launch) + c.sale.catch_up
    local all = (v.firms or v.adopters) and v.joining or q(1)
    holders = max(holders, at(v.first, t) + venture.followers(v, t, first, all, c.memory_of[v]))
  end
  if c.leak then
    local leaked = at(c.leak, t)
    if has_unit(leaked, "1/yr") then
      leaked = leaked * max(clock.moment(t, c.timing) - c.release, 0)
    end
    holders = holders + leaked
  end
  return v.most and min(holders, at(v.most, t)) or holders
end

-- What the sale brings in period t, where the capability is sold.
function compare.fee(sale, t)
  return clock.value(sale, "fee", t, function(s)
    local profit = at(sale.revenue, s) * at(sale.margin, s) - at(sale.cost, s)
    return profit:as(unit_of(sale.revenue))
  end)
end

-- What a venture brings in period t if it is sold, for an edge of 100 %; nil where it ends.
local function gross_sold(c, v, t)
  if not goes_on(c) then return nil end
  return venture.gross(v, t, holders_sold(c, v, t)) * at(v.margin, t)
end

-- What is kept of an edge of 100 % by not selling, before costs; and the costs that selling saves.
local function kept_gross(c, v, t)
  local kept = venture.gross(v, t, venture.holders(v, t)) * at(v.margin, t)
  local sold = gross_sold(c, v, t)
  return sold and kept - sold or kept
end

local function saved_cost(c, v, t)
  return goes_on(c) and 0 or venture.cost(v, t)
end

function compare.new(o)
  o.release = clock.from_start(o.release, "release")
  o.memory_of = {}
  o.unit = unit_of(o.sale.revenue)
  return o
end

function compare.destroyed(c, t)
  return clock.value(c, "destroyed", t, function(s)
    local sum = constant_like(0, c.sale.cost)
    for _, v in ipairs(c.ventures) do
      sum = sum + at(v.edge, s) * kept_gross(c, v, s) - saved_cost(c, v, s)
    end
    return (sum * is_sold(c, s)):as(c.unit)
  end)
end

function compare.forgone(c, t)
  return clock.value(c, "forgone", t, function(s)
    return (compare.fee(c.sale, s) * is_sold(c, s)):as(c.unit)
  end)
end

function compare.keep(c, t)
  return clock.value(c, "keep", t, function(s)
    local sum = constant_like(0, c.sale.cost)
    for _, v in ipairs(c.ventures) do sum = sum + venture.profit(v, s) end
    return sum:as(c.unit)
  end)
end

function compare.advantage(c, t)
  return clock.value(c, "advantage", t, function(s)
    return (compare.destroyed(c, s) - compare.forgone(c, s)):as(c.unit)
  end)
end

function compare.sell(c, t)
  return clock.value(c, "sell", t, function(s)
    return (compare.keep(c, s) - compare.advantage(c, s)):as(c.unit)
  end)
end

-- What waiting for the release gains over selling at once, which is this comparison without one.
function compare.at_once(c)
  if not c.immediate then
    c.immediate = compare.new {
      sale = c.sale, ventures = c.ventures, leak = c.leak, timing = c.timing, release = 0,
      discount = c.discount,
    }
  end
  return c.immediate
end

-- advantage = edge kept - (saved cost + fee) is linear in the edge: the edge at which its net
-- present value is 0 is a quotient of two, what keeping gives up over what an edge of 100 % gains.
local function given_up_and_gained(c, rate)
  if #c.ventures ~= 1 then
    fail("there are %d ventures, each with an edge of its own: compare one at a time", #c.ventures)
  end
  local v = c.ventures[1]
  local gained = over_periods(function(t) return kept_gross(c, v, t) * is_sold(c, t) end)
  local given_up = over_periods(function(t)
    return (saved_cost(c, v, t) + compare.fee(c.sale, t)) * is_sold(c, t)
  end)
  return given_up:npv(rate), gained:npv(rate)
end

-- In each sample: infinite where nothing comes of the edge.
function compare.break_even_edge(c, rate)
  return amounts.part_like(amounts.times(given_up_and_gained(c, rate)), c.ventures[1].edge)
end

-- Of the means, which are linear too: the edge at which the expected values are equal. The mean of
-- the quotients is another, and infinite where one sample fails.
function compare.expected_break_even(c, rate)
  local given_up, gained = given_up_and_gained(c, rate)
  local function mean(x) return q(summary(x / constant_like(1, x)).mean) end
  return amounts.part_like(amounts.times(mean(given_up), mean(gained)), c.ventures[1].edge)
end

-- The same for the fee: the constant revenue of selling that makes up for what it destroys.
function compare.break_even_revenue(c, rate)
  local earned = over_periods(function(t) return at(c.sale.margin, t) * is_sold(c, t) * q "1" end)
  local needed = over_periods(function(t)
    return compare.destroyed(c, t) + at(c.sale.cost, t) * is_sold(c, t)
  end)
  local margin = earned * constant_like(1, c.sale.cost)
  return (needed:npv(rate) / margin:npv(rate) * constant_like(1, c.sale.cost)):as(c.unit)
end

function compare.better(c, t)
  return clock.value(c, "better", t, function(s) return compare.advantage(c, s):above(0) end)
end

function compare.flips(c)
  local first = compare.better(c, 1)
  return compare.better(c):first_when(over_periods(function(t)
    local better = compare.better(c, t)
    return (better & ~first) | (~better & first)
  end))
end

return compare
