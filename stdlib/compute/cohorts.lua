-- Orders grouped by what they share: a lead time and lives. A cohort has a running total for each
-- thing that is counted: the GW, what they cost, what they serve.

local running = require "compute/running"
local cohorts = {}

function cohorts.new() return { list = {}, index = {} } end

-- Constants are the same where they are equal, other quantities where they are one.
local function key_of(x)
  if x == nil then return "never" end
  return known(x) or x
end

-- The cohort of a lead and lives, which are times or, where something lasts for good, nil; made
-- where there is none. `lives` is by name, "gw" the capacity's own; `aged` the periods that it had
-- served before, which have been taken off its lives.
function cohorts.find(set, lead, names, lives, aged)
  local place = set.index
  local keys = { table.concat(names, " "), key_of(lead), key_of(aged or 0) }
  for i, name in ipairs(names) do keys[i + 3] = key_of(lives[name]) end
  for _, key in ipairs(keys) do
    place[key] = place[key] or {}
    place = place[key]
  end
  if not place.cohort then
    local periods = {}
    for _, name in ipairs(names) do
      periods[name] = lives[name] and running.periods(lives[name])
    end
    place.cohort = { lead = running.periods(lead), lives = lives, periods = periods,
                     aged = aged or 0, totals = {} }
    set.list[#set.list + 1] = place.cohort
  end
  return place.cohort
end

function cohorts.add(cohort, s, name, amount)
  cohort.totals[name] = cohort.totals[name] or running.new()
  running.add(cohort.totals[name], s, amount)
end

-- What has arrived of a cohort by period t, and been retired, as means over the period. `life`
-- names the life that counts.
function cohorts.moved(cohort, t, name, life)
  local total = cohort.totals[name]
  if not total then return nil, nil end
  return running.in_service(total, t, cohort.lead, cohort.periods[life])
end

-- What is in service in period t; nil is nothing.
function cohorts.held(cohort, t, name, life)
  if cohort.ends and t >= cohort.ends then return nil end
  local arrived, retired = cohorts.moved(cohort, t, name, life)
  return arrived and retired and arrived - retired or arrived
end

-- The sum over the cohorts of f(cohort), which may be nil; `zero` where there is nothing.
function cohorts.sum(set, zero, f)
  local sum
  for _, cohort in ipairs(set.list) do
    local x = f(cohort)
    if x then sum = sum and sum + x or x end
  end
  return sum or zero
end

return cohorts
