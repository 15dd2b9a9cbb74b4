-- An event that may happen once (or again), and how strongly it is felt from then on.
--
-- With a rate per year it happens in a period with probability 1 - exp(-rate time), for the time
-- of the period that is between `from` and `till`. With a chance it happens in that window with
-- that probability, at a time that is as likely to be any other. With `at` it happens then.
--
-- The periods' draws do not look at one another: `raw` says where it would happen, and an event
-- that does not repeat is the first of them that its condition lets through. So a condition may
-- be a series that the script has yet to fill.

local clock = require "shared/clock"

local event = {}

-- The part of period t, and of the time up to its end, that lies in the window.
local function overlap(e, t)
  return max(min(t * dt, e.till) - max((t - 1) * dt, e.from), 0)
end

-- The rate in each period whose probability is that of a time spread evenly over the window,
-- given that the event has not happened before: p f / (1 - p F), F the part of it that is over.
local function spread_rate(e)
  local width = e.till - e.from
  return over_periods(function(t)
    local over = clamp(((t - 1) * dt - e.from) / width, 0, 1)
    local left = max(1 - e.chance * over, 1e-300)
    local hit = min(e.chance * (overlap(e, t) / width) / left, 1)
    return -log(1 - hit) / dt
  end)
end

local function exposed_rate(e)
  return over_periods(function(t) return at(e.rate, t) * (overlap(e, t) / dt) / q "1 yr" end)
end

-- Whether it would happen in each period, for what depends on nothing before it.
local function draw(e)
  if e.at then
    local certain = known(e.chance) == 1
    local happens = certain and q(1) or assume(e.name, dist.bernoulli(e.chance))
    return over_periods(function(t)
      local now = e.at:at_least((t - 1) * dt) & e.at:below(t * dt)
      return (t == 1 and now | e.at:below(0) or now) & happens
    end)
  end
  return _ENV.event(e.name, { rate = e.rate and exposed_rate(e) or spread_rate(e), repeats = true })
end

function event.new(o)
  local ways = (o.rate and 1 or 0) + (o.at and 1 or o.chance and 1 or 0)
  if ways == 0 then
    fail('how likely it is is missing: write rate = "5 %%/yr", chance = "30 %%", or at = "2 yr"')
  elseif ways > 1 then
    fail("a rate per year cannot be combined with a chance or a date: give one of them")
  end
  o.from = clock.from_start(o.from, "from")
  o.till = o.till and clock.from_start(o.till, "till") or count_periods() * dt
  o.at = o.at and clock.from_start(o.at, "at")
  o.chance = o.chance or q(1)
  event.check_window(o)
  o.raw = draw(o)
  return o
end

function event.check_window(o)
  local from, till = known(o.from), known(o.till)
  if not o.at and from and till and till <= from then
    fail("till must be after from: it can happen in between")
  end
end

-- Happens in period t.
function event.starts(e, t)
  return clock.running(e, "starts", t, function(s)
    local hit = at(e.raw, s)
    if e.when then hit = hit & at(e.when, s) end
    if e.repeats or s == 1 then return hit end
    return hit & ~event.happened(e, s - 1)
  end)
end

-- Has happened by the end of period t.
function event.happened(e, t)
  return clock.running(e, "happened", t, function(s)
    local hit = event.starts(e, s)
    return s == 1 and hit or hit | event.happened(e, s - 1)
  end)
end

-- The time since it last happened at the middle of period t, where it is felt from the beginning
-- of the period in which it falls; infinite before.
local function age(e, t)
  return clock.running(e, "age", t, function(s)
    local older = s == 1 and q(math.huge) * q "1 yr" or age(e, s - 1) + dt
    return when(event.starts(e, s), dt / 2, older)
  end)
end

local function is_forever(e)
  return known(e.duration) == math.huge and known(e.onset) == 0
end

-- How strongly it is felt in period t, from 0 to 1: it sets in over the onset, lasts as long as the
-- duration says from the beginning, and fades in a straight line over the recovery.
function event.strength(e, t)
  return clock.value(e, "strength", t, function(s)
    if is_forever(e) then return event.happened(e, s) * q(1) end
    local since = age(e, s)
    local set_in = known(e.onset) == 0 and 1 or min(since / max(e.onset, "1 s"), 1)
    local fading = clamp((e.duration + e.recovery - since) / max(e.recovery, "1 s"), 0, 1)
    local felt = when(since:below(e.duration), 1, fading)
    return when(event.happened(e, s), set_in * felt, 0)
  end)
end

function event.active(e, t)
  return clock.value(e, "active", t, function(s) return event.strength(e, s):above(0) end)
end

-- 1 + strength x change; `what` is the name of the effect where there are several.
function event.factor(e, t, what)
  return clock.value(e, "factor of " .. (what or ""), t, function(s)
    return (1 + event.strength(e, s) * at(e.effects[what or 1], s)):as "1"
  end)
end

-- The amount that it costs once, in the period in which it happens.
function event.loss(e, t)
  return clock.value(e, "loss", t, function(s)
    return (at(e.loss, s) * event.starts(e, s)):as(unit_of(e.loss))
  end)
end

return event
