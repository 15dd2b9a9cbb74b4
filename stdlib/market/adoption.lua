-- How many have adopted something by when, as a part of the module `market`.
local amounts = require "shared/amounts"

local adoption = {}

-- The series of a curve whose value at the start is `opening`: step(N, t) gives period t's from the
-- period before's.
local function curve(size, opening, step)
  if count_periods() == 0 then
    fail "there is no horizon: set one for a series, or ask for one moment, as in at = \"5 yr\""
  end
  local result = series(amounts.unit(size) or "1", { [0] = opening })
  for t in periods() do result[t] = step(result[t - 1], t) end
  return result
end

-- The part of a span before the time t * dt that lies after the launch.
local function elapsed(t, launch)
  if known(launch) == 0 then return dt end
  return clamp(t * dt - launch, 0, dt)
end

local function years(span) return span / "1 yr" end

-- One step of dF/dt = (p + q F)(1 - F), exactly (Bass 1969): with a = p + q F and what the
-- potential keeps of its odds, b = (1 - F) exp(-(p + q) t), F becomes (a - p b)/(a + q b). Holds
-- from any F, and so for an opening number and a potential that changes.
local function exact_step(o, F, span)
  local a = o.p + o.q * F
  local b = (1 - F) * exp(-(o.p + o.q) * years(span))
  return when((a + o.q * b):above(0), (a - o.p * b) / (a + o.q * b), F)
end

-- The textbook's discrete step, N + (p + q N/m)(m - N), kept to the potential.
local function discrete_step(o, F, span)
  return min(F + (o.p + o.q * F) * (1 - F) * years(span), 1)
end

local steps = { exact = exact_step, discrete = discrete_step }

-- The coefficients by their names or the textbook's letters; by default the averages of 213
-- applications (Sultan, Farley and Lehmann 1990).
local function coefficient(o, name, letter, average)
  if o[name] and o[letter] then fail("%s and %s are the same: give one", name, letter) end
  return o[name] or o[letter] or q(average)
end

function adoption.bass(o)
  local model = {
    p = coefficient(o, "innovation", "p", 0.03), q = coefficient(o, "imitation", "q", 0.38),
  }
  local start, step = in_unit(o.start, o.size, "start"), steps[o.method]
  local function next_of(N, size, p, q, span)
    return size * step({ p = p, q = q }, clamp(amounts.ratio(N, size), 0, 1), span)
  end
  if o.at then
    if o.method == "discrete" then
      fail "at is for the exact method: the discrete one goes from period to period"
    end
    return amounts.like(next_of(start, o.size, model.p, model.q, max(o.at - o.launch, 0)), o.size)
  end
  return curve(o.size, start, function(N, t)
    return next_of(N, at(o.size, t), at(model.p, t), at(model.q, t), elapsed(t, o.launch))
  end)
end

-- The growth that leads from the start to half the size at the midpoint.
local function logistic_growth(o, odds)
  if o.growth then return o.growth end
  if not (odds and o.midpoint) then
    fail "growth is missing: how fast it spreads at first, as in growth = \"120 %%/yr\""
  end
  return log(odds) / years(o.midpoint)
end

function adoption.logistic(o)
  local start = o.start and in_unit(o.start, o.size, "start")
  if not (start or o.midpoint) then
    fail "say when: midpoint = \"3 yr\", when half have adopted, or start = \"1 M users\""
  end
  if start and o.midpoint and o.growth then
    fail "start, midpoint and growth are one too many: two of them give the third"
  end
  if start and known(start) == 0 then
    fail "start must be above 0: nobody would ever adopt; market.bass starts from nothing"
  end
  -- size / (1 + odds exp(-growth time)), where odds are those against having adopted at time 0.
  local function value_of(size, time, t)
    local odds = start and (size - start) / start
    local growth = at(logistic_growth(o, odds), t)
    if not start then return size / (1 + exp(growth * years(o.midpoint - time))) end
    return size / (1 + odds * exp(-growth * years(time)))
  end
  -- Of nobody there are no odds, and nobody adopts.
  local function value(time, t)
    local size = at(o.size, t)
    if (known(size) or 0) ~= 0 then return value_of(size, time, t) end
    return when(size:equals(0), 0, value_of(size, time, t))
  end
  if o.at then return amounts.like(value(o.at, 0), o.size) end
  return curve(o.size, value(q "0 yr", 1), function(_, t) return value(t * dt, t) end)
end

return adoption
