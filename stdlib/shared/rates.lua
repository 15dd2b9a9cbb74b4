-- Rates that compound.
--
-- "5 %/mo" and "60 %/yr" are one quantity, but not one churn: 5 % of those who are left, each
-- month, leave 54 % after a year; 60 % once a year leave 40 %. A rate compounds in the unit that it
-- was written in, tau: of a stock, (1 - rate tau)^(span/tau) are left after a span, and growth
-- makes it (1 + rate tau)^(span/tau) times as much. So the result does not depend on the length of
-- a period. What has lost its unit on the way is taken as per month; a number without a unit is per
-- year.
local amounts = require "shared/amounts"

local rates = {}

-- The unit of time that a text such as "%/mo" or "M users/yr" ends in, and what stands before it.
local function written_per(x)
  local of, word = unit_of(x):match "^(.*)/(%a+)$"
  if word and has_unit(q("1 " .. word), "yr") then return q("1 " .. word), of end
end

-- A rate that was given as an option, for the functions below; nil for nil.
function rates.read(x, name)
  if x == nil then return nil end
  if has_unit(x, "1") then return { x = x, per = q "1 yr", plain = true } end
  if not has_unit(x, "1/yr") then
    fail("%s must be a rate, as in 5 %%/mo or 20 %%/yr, not one in %s", name, unit_of(x))
  end
  return { x = x, per = written_per(x) or q "1 mo" }
end

-- What comes in a period, of a number per time such as "3 M users/mo" or of a series with that of
-- each period; and the unit that it is written in.
function rates.amount(x, t, name)
  local span, unit = written_per(x)
  if span then return at(x, t) * dt, unit end
  if not is_series(x) then
    fail("%s must say in what time, as in %s/mo, or be a series with the number of each period",
         name, unit_of(x))
  end
  return at(x, t), unit_of(x)
end

-- What becomes of one in the time that the rate was written for: 5 % of "5 %/mo".
local function part(rate, t)
  local x = at(rate.x, t)
  return rate.plain and x or x * rate.per
end

-- What rates.read is for one at which some leave: not more than all of them, in the time that it
-- was written for.
function rates.read_leaving(x, name)
  local rate = rates.read(x, name)
  local above = rate and amounts.first_beyond(x, rate.plain and 1 or 1 / rate.per)
  if above then
    fail("%s must be the part that leaves, as in 5 %%/mo: %s is more than all", name,
         tostring(above))
  end
  return rate
end

-- Of one, the part that leaves in the time that the rate was written for.
function rates.part_leaving(rate, t) return clamp(part(rate, t), 0, 1) end

-- What is left of one, after a span of time; all without a rate.
function rates.survival(rate, t, span)
  if rate == nil then return q "1" end
  return (1 - rates.part_leaving(rate, t)) ^ (span / rate.per)
end

-- What one has grown to by period t, the first being at 1; kept with the rate.
function rates.grown(rate, t)
  if rate == nil or t <= 1 then return 1 end
  rate.levels = rate.levels or { 1 }
  for i = #rate.levels + 1, t do
    rate.levels[i] = rate.levels[i - 1] * (1 + part(rate, i)) ^ (dt / rate.per)
  end
  return rate.levels[t]
end

-- Two ways out of one stock, either of which may be nil: what stays of one, and what leaves by the
-- first and by the second. Their parts add up in the shorter of the two units, so that 1 and 4 %/mo
-- together are 5 %/mo; what leaves in a span is divided in that proportion.
function rates.exits(first, second, t, span)
  if first == nil or second == nil then
    local left = rates.survival(first or second, t, span)
    return left, first and 1 - left or 0, second and 1 - left or 0
  end
  local per = min(first.per, second.per)
  local a = 1 - rates.survival(first, t, per)
  local b = 1 - rates.survival(second, t, per)
  local left = (1 - min(a + b, 1)) ^ (span / per)
  local by_first = amounts.ratio((1 - left) * a, a + b)
  return left, by_first, 1 - left - by_first
end

return rates
