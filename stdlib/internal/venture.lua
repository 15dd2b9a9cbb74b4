-- A venture: an edge that is put to work in-house, in an industry whose pool it takes a share of,
-- until others hold it too.
--
--   revenue = pool edge value(n) level success,  n = holders at first + those who have caught up
--   profit  = revenue margin - compute price - costs - capital hurdle

local edge = require "internal/edge"
local amounts = require "shared/amounts"
local clock = require "shared/clock"

local venture = {}

-- What a described venture becomes: times from the start of the horizon, defaults that depend on
-- one another.
function venture.new(o)
  amounts.check_share(o.margin, "margin")
  o.share = edge.share(o.decay)
  o.start = clock.from_start(o.start, "start")
  o.launch = o.start + o.delay
  venture.read_holders(o)
  o.catch_up = o.catch_up or q "9 mo"
  if o.success then o.works = venture.draw(o) end
  o.unit = unit_of(o.pool)
  return o
end

-- Of those who come to hold an edge, as an option says: a number of them, or a rate; nil for nil.
function venture.number_or_rate(x, name)
  if x == nil or has_unit(x, "1") or has_unit(x, "1/yr") then return x end
  fail("%s must be a number of those who follow, as in 9, or a rate, as in \"4 1/yr\", not %s",
       name, tostring(x))
end

-- What firms, catch_up and adopters say together: how many hold the edge at first, how many follow
-- in the end, at which rate (all at once where there is none), and the most that there can be where
-- firms say so.
--
--   firms               hold it from the start
--   firms, a lag        one until it is over, then firms; two where firms are left out
--   adopters, a number  firms, or one, until the lag is over, then as many more
--   adopters, a rate    one until the lag is over, then more and more: up to firms, where those are
--                       more than one
function venture.read_holders(o)
  local adopters = venture.number_or_rate(o.adopters, "adopters")
  if adopters and has_unit(adopters, "1") then
    o.first, o.joining = o.firms or q(1), adopters
  elseif adopters then
    o.first, o.rate = q(1), adopters
    o.most = o.firms and when(o.firms:above(1), o.firms, math.huge) or q(math.huge)
    o.joining = o.most - 1
  elseif o.catch_up then
    o.first, o.joining, o.most = q(1), o.firms and o.firms - 1 or q(1), o.firms
  else
    o.first, o.joining = o.firms or q(1), q(0)
  end
end

-- Success is one draw for each sample; that of a named venture can be overridden by its name.
function venture.draw(o)
  if known(o.success) == 1 then return nil end
  local drawn = dist.bernoulli(o.success)
  return o.name and assume(o.name .. ".success", drawn) or drawn
end

local function moment(v, t)
  return clock.moment(t, v.timing)
end

-- How many join by the end of period t, of those who can from the time `first` on, where their rate
-- varies over the periods.
local function joined(v, t, first, memory)
  if t == 0 then return q(0) end
  return clock.running(memory, "joined", t, function(s)
    local exposed = clamp(s * dt - first, 0, dt)
    return joined(v, s - 1, first, memory) + at(v.rate, s) * exposed
  end)
end

local function joined_by_moment(v, t, first, memory)
  local exposed = max(moment(v, t) - max((t - 1) * dt, first), 0)
  return joined(v, t - 1, first, memory) + at(v.rate, t) * exposed
end

-- Those who follow from the time `first` on: all at once where there is no rate.
function venture.followers(v, t, first, limit, memory)
  limit = at(limit, t)
  if known(limit) == 0 then return q(0) end
  local since = moment(v, t) - first
  if not v.rate then return when(since:at_least(0), limit, 0) end
  if is_series(v.rate) then return min(joined_by_moment(v, t, first, memory), limit) end
  return min(v.rate * max(since, 0), limit)
end

function venture.holders(v, t)
  return clock.value(v, "holders", t, function(s)
    v.own = v.own or {}
    return at(v.first, s) + venture.followers(v, s, v.launch + v.catch_up, v.joining, v.own)
  end)
end

-- 1 from a time on, rising to it over `ramp` where there is one.
local function risen(since, ramp)
  if known(ramp) == 0 then return since:at_least(0) end
  return clamp(since / max(ramp, "1 s"), 0, 1)
end

-- What the edge brings in period t with n holders, for an edge of 100 %.
function venture.gross(v, t, n)
  local since = moment(v, t) - v.launch
  local revenue = at(v.pool, t) * edge.each(v.share, n) * risen(since, v.ramp)
  if v.half_life then revenue = revenue * 0.5 ^ (max(since, 0) / v.half_life) end
  if v.works then revenue = revenue * v.works end
  return revenue
end

function venture.revenue(v, t)
  return clock.value(v, "revenue", t, function(s)
    local gross = venture.gross(v, s, venture.holders(v, s))
    return (at(v.edge, s) * gross):as(v.unit)
  end)
end

-- Whether money is spent: from the start on, and after the launch only on what works.
local function is_running(v, t)
  local now = moment(v, t)
  local started = now:at_least(v.start)
  if not v.works then return started end
  return started & (now:below(v.launch) | v.works)
end

function venture.compute(v, t)
  return clock.value(v, "compute", t, function(s)
    return (at(v.compute, s) * is_running(v, s)):as(unit_of(v.compute))
  end)
end

-- Everything that does not depend on the edge: compute, own costs, the charge for capital.
function venture.cost(v, t)
  return clock.value(v, "cost", t, function(s)
    local running = at(v.cost, s) + at(v.capital, s) * (at(v.hurdle, s) / q "1 yr")
    return (venture.compute(v, s) * at(v.compute_price, s) + running * is_running(v, s)):as(v.unit)
  end)
end

function venture.profit(v, t)
  return clock.value(v, "profit", t, function(s)
    return (venture.revenue(v, s) * at(v.margin, s) - venture.cost(v, s)):as(v.unit)
  end)
end

return venture
