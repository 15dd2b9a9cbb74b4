-- Running totals of what is ordered, and what of them is in service.
--
-- Orders that share a lead time and a life need not be followed one by one: what has arrived by a
-- period is the running total of the orders, read `lead` periods ago, and what has been retired is
-- the same, read `lead + life` periods ago. An order counts from the start of its period, so that
-- the total read at a point between two periods is the mean over the period of what had arrived.
-- A period costs the same however many orders there have been, but for handing the totals over
-- where delays are uncertain.
--
-- Delays are counted in periods: plain numbers where they are known, else quantities.

local native = ...
local floor, min, max, huge = math.floor, math.min, math.max, math.huge
local running = {}

-- A time in periods. What is a whole number but for rounding is taken as one.
function running.periods(time)
  local years = known(time)
  if not years then return time / dt end
  local periods = years / known(dt)
  local whole = floor(periods + 0.5)
  return math.abs(periods - whole) < 1e-9 and whole or periods
end

function running.new() return { added = {}, sums = {}, columns = {}, built = 0 } end

function running.add(total, s, amount)
  local before = total.added[s]
  total.added[s] = before and before + amount or amount
  total.first = min(total.first or s, s)
  total.last = max(total.last or s, s)
  total.built = min(total.built, s - 1)
end

-- The total through period s; nil where nothing has been ordered by then.
local function through(total, s)
  s = min(s, total.last)
  if s < total.first then return nil end
  for i = max(total.built + 1, total.first), s do
    local before, added = i > total.first and total.sums[i - 1] or nil, total.added[i]
    total.sums[i] = before and added and before + added or before or added
    total.columns[i] = nil
  end
  total.built = max(total.built, s)
  return total.sums[s]
end
running.through = through

-- The total at the end of period `position`, which may lie between two.
local function read(total, position)
  local whole = floor(position)
  local before, part = through(total, whole), position - whole
  if part == 0 or whole >= total.last then return before end
  local after = through(total, whole + 1)
  if not after then return nil end
  return before and before + (after - before) * part or after * part
end

-- The totals by period, which later periods look at too, through the last of them: as columns, each
-- made once.
local function columns_through(total, t, delay)
  local last, columns = min(total.last, t), total.columns
  through(total, last)
  for s = total.first, last do columns[s] = columns[s] or native.column(delay, total.sums[s]) end
  return columns, last
end

-- What of a total has arrived in period t, `lead` after it was ordered, and what of that has been
-- retired, `life` later or never: two means over the period, each nil where there is none.
function running.in_service(total, t, lead, life)
  if not total.first or total.first > t then return nil, nil end
  local number = type(lead) == "number" and (life == nil or type(life) == "number")
  if not number then
    local columns, last = columns_through(total, t, type(lead) == "number" and life or lead)
    local arrived, retired = native.in_service(lead, life or huge, t - total.first + 1, columns,
                                               total.first, last)
    return arrived, life and retired
  end
  local arrival = t - max(lead, 0)
  return read(total, arrival), life and read(total, arrival - max(life, 0))
end

return running
