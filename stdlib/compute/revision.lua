-- A change of the life of what is owned. It is prospective: nothing that has been depreciated
-- changes; what is left is spread over what is left of the new life.

local running = require "compute/running"
local cohorts = require "compute/cohorts"
local assets = require "compute/assets"
local capacity = require "compute/capacity"
local revision = {}

-- What is left, at an age, of the worth of a part with an old life; all in periods.
local function worth_left(age, old) return old and max(1 - age / old, 0) or 1 end

local function in_use(age, life)
  if not life then return 1 end
  return when(q(life):above(age), 1, 0)
end

-- Orders of period s again as orders of period t: how long they still have to wait, how long they
-- last from then on, which is at least for the period, and what they are worth.
local function carry(self, cohort, s, t, lives)
  local age, wait = max(t - s - cohort.lead, 0), max(s + cohort.lead - t, 0)
  local names, found, left = { "gw" }, {}, {}
  for name in pairs(cohort.lives) do
    if name ~= "gw" then names[#names + 1] = name end
    local new = at(assets.life_of(lives, name == "gw" and "all" or name), t)
    left[name] = worth_left(age, cohort.periods[name])
    found[name] = max(running.periods(new) - cohort.aged - age, 1) * dt
  end
  local used = in_use(age, cohort.periods.gw)
  local new = cohorts.find(self.owned, wait * dt, names, found, cohort.aged + age)
  new.inherited = true
  for name, total in pairs(cohort.totals) do
    local amount = total.added[s]
    local capacity_itself = name == "gw" or name == "served"
    if amount and name ~= "bill" then
      cohorts.add(new, t, name, amount * (capacity_itself and used or left[name]))
    end
  end
end

function revision.revise(self, t, life)
  if t <= self.used then
    fail("what is asked of period %d would change: revise before it is asked, or from period %d",
         self.used, self.used + 1)
  end
  if self.mixed then fail("a fleet of mixed ages (age = \"spread\") cannot be revised") end
  local lives, before = assets.lives(life, "life"), self.owned.list
  self.owned.index = {}
  for i = 1, #before do
    local cohort = before[i]
    if not cohort.ends and cohort.lives.gw then
      cohort.ends = t
      for s = cohort.totals.gw.first, cohort.totals.gw.last do
        if cohort.totals.gw.added[s] then carry(self, cohort, s, t, lives) end
      end
    end
  end
  self.lives, self.revised[t] = lives, true
  capacity.changed(self, t)
end

return revision
