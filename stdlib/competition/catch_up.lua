-- Followers who catch up: open models, or anyone who sells what the leader had a while ago.
--
-- A release is ahead for the lag, and the lead shrinks while it ages. Where the price of a given
-- quality falls by `decline` a year, what is a lead of L ahead sells at (1 - decline)^-L times what
-- the followers ask: they sell today what it was L ago.

local amounts = require "shared/amounts"
local clock = require "shared/clock"

local catch_up = {}

function catch_up.new(o)
  o.start = clock.from_start(o.start, "start")
  if o.premium and o.decline then
    fail("premium and decline say the same: give one of them")
  end
  o.decline = o.decline or 0.9
  return o
end

-- How much more than the followers what is ahead by a lead can ask. A decline that is uncertain may
-- come near 100 %, where no price is left to compare with: it counts up to a hundredfold a year.
function catch_up.premium_of(lead, decline)
  return (1 - min(decline, 0.99)) ^ -(lead / q "1 yr") - 1
end

function catch_up.lead(c, t)
  return clock.value(c, "lead", t, function(s)
    local since = clock.moment(s, c.timing) - c.start
    local age = max(since, 0)
    if c.cadence then age = age % c.cadence end
    return when(since:at_least(0), max(at(c.lag, s) - age, 0), 0):as(unit_of(c.lag))
  end)
end

function catch_up.ahead(c, t)
  return clock.value(c, "ahead", t, function(s) return catch_up.lead(c, s):above(0) end)
end

function catch_up.premium(c, t)
  return clock.value(c, "premium", t, function(s)
    if c.premium then
      return amounts.part_like(at(c.premium, s) * catch_up.ahead(c, s), c.premium)
    end
    return catch_up.premium_of(catch_up.lead(c, s), at(c.decline, s))
  end)
end

function catch_up.price(c, t)
  if not c.price then
    fail('price is missing: give competition.catch_up the followers\' price, as in "2 $/Mtok"')
  end
  return clock.value(c, "price", t, function(s)
    return (at(c.price, s) * (1 + catch_up.premium(c, s))):as(unit_of(c.price))
  end)
end

-- Those who reconsider go where the lead sends them; the others stay, as do all before the first
-- release.
function catch_up.share(c, t)
  return clock.running(c, "share", t, function(s)
    local before = s == 1 and at(c.share, 1) or catch_up.share(c, s - 1)
    local stays = catch_up.ahead(c, s) | clock.moment(s, c.timing):below(c.start)
    local target = when(stays, at(c.share, s), at(c.share_after, s))
    local moving = clock.part(at(c.switching, s))
    return amounts.part_like(before + (target - before) * moving, c.share)
  end)
end

-- How long each release is ahead.
function catch_up.window(c)
  if c.cadence then return min(c.lag, c.cadence):as(unit_of(c.lag)) end
  return c.lag
end

return catch_up
