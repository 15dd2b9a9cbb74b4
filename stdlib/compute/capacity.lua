-- The capacity of a fleet: what is ordered arrives after its lead time, serves for its life and is
-- retired, in vintages; what is rented stands beside it.
--
-- What has been asked of a period stays true: `used` is the last period whose capacity has been
-- used in a result, `paid` the last whose payments have. Later orders cannot reach back to them.

local running = require "compute/running"
local cohorts = require "compute/cohorts"
local assets = require "compute/assets"
local stages = require "compute/stages"
local capacity = {}

-- f(self, t), computed once.
local function remembered(name, f)
  return function(self, t)
    local memory = self.memory[t] or {}
    self.memory[t] = memory
    if not memory[name] then memory[name] = f(self, t) end
    return memory[name]
  end
end
capacity.remembered = remembered

-- Forgets what was computed of periods from s on, as something has changed in s.
function capacity.changed(self, s)
  for t = s, count_periods() do self.memory[t] = nil end
end

function capacity.use(self, t) self.used = math.max(self.used, t) end
function capacity.pay(self, t) self.paid = math.max(self.paid, t) end

-- Power of IT equipment, from power at the meter too.
function capacity.it_power(self, gw, what)
  gw = q(gw)
  if has_unit(gw, "GW_facility") and known(gw) ~= 0 then
    if not self.has_pue then
      fail("%s is power at the meter: give the fleet pue =, as in \"1.25 GW_facility/GW\"", what)
    end
    gw = gw / self.pue
  end
  return in_unit(gw, q "1 GW", what)
end

-- Power is shown in the unit of what came first; GW where that was computed.
local function show_in(self, gw)
  local text = unit_of(gw)
  self.unit = self.unit or (text:match "^%a?W$" and text ~= "W" and text or "GW")
end

-- How much a vintage of period s serves beside one of the first.
local function index_of(self, s)
  return (1 + at(self.gain, s)) ^ ((s - 1) * known(dt))
end

local function not_negative(gw, what)
  local number = known(gw)
  if number and number < 0 then fail("%s must be 0 or more, not %s", what, gw) end
  return number and gw or max(gw, 0)
end

-- The names of the lives of an order, and the lives themselves in period s.
local function lives_at(lives, prices, s)
  local names, found = { "gw" }, { gw = lives.all and at(lives.all, s) }
  for i, part in ipairs(prices) do
    local life = assets.life_of(lives, part.name)
    names[i + 1], found[part.name] = part.name, life and at(life, s)
  end
  return names, found
end

local function add_capacity(self, cohort, s, gw)
  cohorts.add(cohort, s, "gw", gw)
  if self.gain then cohorts.add(cohort, s, "served", gw * index_of(self, s)) end
end

-- Where the capacity of its period has been used, an order arrives in the next at the earliest.
local function arrival(self, s, lead)
  lead = at(lead, s)
  if s > self.used then return lead end
  local late = self.late[lead] or max(lead, dt)
  self.late[lead] = late
  return late
end

local function check_time(self, s)
  if s < self.used then
    fail("what is ordered in period %d would change what was asked of period %d: order before it "
         .. "is asked, or in a later period", s, self.used)
  end
  if s <= self.paid then
    fail("what is ordered in period %d would change capex that was asked of period %d: order "
         .. "before it is asked, or in period %d", s, self.paid, self.paid + 1)
  end
end

-- What an order of a period costs, part by part. A price of the whole order is of one part.
local function costs_of(self, s, gw, o)
  if is_quantity(o.price) and has_unit(o.price, "$") then
    return { { name = "all", cost = at(o.price, s) } }
  end
  local given = o.price or o.capex
  local prices = given and assets.prices(given, self.convert, o.price and "price" or "capex")
                 or self.prices
  local costs = {}
  for i, part in ipairs(prices) do
    costs[i] = { name = part.name, cost = at(part.price, s) * gw }
  end
  return costs
end

function capacity.order(self, s, gw, o)
  check_time(self, s)
  gw = not_negative(at(capacity.it_power(self, gw, "gw"), s), "gw")
  show_in(self, gw)
  local lives = o.life and assets.lives(o.life, "life") or self.lives
  local deliveries = self.stages
  if o.stages or o.lead then
    stages.check_lead(o.stages, o.lead)
    deliveries = stages.read(o.stages or self.staged, o.lead or self.lead, self.spreads)
  end
  local costs = costs_of(self, s, gw, o)
  self.unpriced = self.unpriced or #costs == 0
  local names, found = lives_at(lives, costs, s)
  for _, stage in ipairs(deliveries) do
    local cohort = cohorts.find(self.owned, arrival(self, s, stage.lead), names, found)
    local share = at(stage.share, s)
    add_capacity(self, cohort, s, gw * share)
    for _, part in ipairs(costs) do
      cohorts.add(cohort, s, part.name, part.cost * share)
      cohorts.add(cohort, s, "bill", part.cost * share)
    end
  end
  capacity.changed(self, s)
end

-- A contract of one period, or of a term.
function capacity.rent(self, s, gw, price, o)
  if s <= self.used then
    fail("what is rented in period %d would change what was asked of period %d: rent before it "
         .. "is asked, or from period %d", s, self.used, self.used + 1)
  end
  gw = not_negative(at(capacity.it_power(self, gw, "gw"), s), "gw")
  show_in(self, gw)
  local term = o.to and (o.to - s + 1) * dt or o.term or dt
  local cohort = cohorts.find(self.rents, at(o.lead, s), { "gw" }, { gw = at(term, s) })
  cohorts.add(cohort, s, "gw", gw)
  cohorts.add(cohort, s, "rent", gw * at(price, s))
  capacity.changed(self, s)
end

-- What is left of a life at an age.
local function left_of(life, age)
  local left = life - age
  local number = known(left)
  return number and (number > 0 and left or q "0 yr") or max(left, "1 day")
end

-- What the parts that the fleet has at the start are still worth, and their sum: what their age
-- leaves of their prices, or their shares of what is given as book value; equal ones where prices
-- are nothing.
local function opening_values(self, gw, lives, left, book)
  if book and #self.prices == 0 then return { all = book }, book end
  local values, sum = {}, q "0 $bn"
  for _, part in ipairs(self.prices) do
    local life = lives[part.name]
    values[part.name] = at(part.price, 1) * gw * (life and left[part.name] / life or 1)
    sum = sum + values[part.name]
  end
  if not book then return values, sum end
  for name, value in pairs(values) do
    values[name] = book * when(sum:above(0), value / sum, 1 / #self.prices)
  end
  return values, book
end

-- What the fleet has at the start, in the first period: an order that has arrived and is paid.
local function add_opening(self, gw, age, book)
  local prices = book and #self.prices == 0 and { { name = "all" } } or self.prices
  local names, lives = lives_at(self.lives, prices, 1)
  local left = {}
  for name, life in pairs(lives) do left[name] = left_of(life, age) end
  local cohort = cohorts.find(self.owned, q "0 yr", names, left, running.periods(age))
  cohort.inherited = true
  add_capacity(self, cohort, 1, gw)
  local values
  values, self.opening_book = opening_values(self, gw, lives, left, book)
  for name, value in pairs(values) do cohorts.add(cohort, 1, name, value) end
end

-- Equal parts of every age: in period t, of n periods of life, what is left on average is the
-- mean of 1 - x/n over the period.
local function left_of_mixed_ages(t, life)
  local n = running.periods(life)
  local function until_end_of(x)
    local reached = min(x, n)
    return reached - reached * reached / (2 * n)
  end
  return until_end_of(t) - until_end_of(t - 1)
end

local function add_mixed_ages(self, gw)
  if not self.lives.all then fail("age = \"spread\" needs the life that ages are spread over") end
  self.mixed, self.opening_book = gw, q "0 $bn"
  for _, part in ipairs(self.prices) do
    self.opening_book = self.opening_book + at(part.price, 1) * gw / 2
  end
end

function capacity.open(self, o)
  local gw = not_negative(at(capacity.it_power(self, o.online, "online"), 1), "online")
  self.opening, self.opening_book = gw, q "0 $bn"
  if known(gw) == 0 then return end
  show_in(self, gw)
  if o.age == "permanent" then
    local cohort = cohorts.find(self.owned, q "0 yr", { "gw" }, {})
    cohort.inherited = true
    add_capacity(self, cohort, 1, gw)
  elseif o.age == "spread" then
    add_mixed_ages(self, gw)
  else
    add_opening(self, gw, in_unit(o.age or "0 yr", q "1 yr", "age"), o.book)
  end
end

-- Part `name` of what had every age at the start, whose total then was x, in period t.
function capacity.left(self, t, name, x)
  return x * left_of_mixed_ages(t, at(assets.life_of(self.lives, name), 1))
end

local function shown(self, gw) return self.unit and gw:as(self.unit) or gw end

local function owned(self, t, name)
  local sum = cohorts.sum(self.owned, q "0 GW", function(cohort)
    return cohorts.held(cohort, t, name, "gw")
  end)
  return self.mixed and sum + capacity.left(self, t, "all", self.mixed) or sum
end

capacity.owned = remembered("owned", function(self, t)
  return t == 0 and self.opening or shown(self, owned(self, t, "gw"))
end)

capacity.rented = remembered("rented", function(self, t)
  return shown(self, cohorts.sum(self.rents, q "0 GW", function(cohort)
    return cohorts.held(cohort, t, "gw", "gw")
  end))
end)

capacity.online = remembered("online", function(self, t)
  if #self.rents.list == 0 then return capacity.owned(self, t) end
  return capacity.owned(self, t) + capacity.rented(self, t)
end)

-- By how much what a cohort has moved grew in period t: `of` is 1 for arrivals, 2 for retirements.
local function growth(cohort, t, of)
  local now = select(of, cohorts.moved(cohort, t, "gw", "gw"))
  local before = select(of, cohorts.moved(cohort, t - 1, "gw", "gw"))
  return now and before and now - before or now
end

-- What has come into service in the period.
capacity.delivered = remembered("delivered", function(self, t)
  return shown(self, cohorts.sum(self.owned, q "0 GW", function(cohort)
    return not cohort.inherited and growth(cohort, t, 1) or nil
  end))
end)

-- What has gone out of service. Where lives have been revised it is what the others leave.
capacity.retired = remembered("retired", function(self, t)
  if self.revised[t] then
    return capacity.owned(self, t - 1) + capacity.delivered(self, t) - capacity.owned(self, t)
  end
  local mixed = q "0 GW"
  if self.mixed then
    local before = t > 1 and capacity.left(self, t - 1, "all", self.mixed) or self.mixed
    mixed = before - capacity.left(self, t, "all", self.mixed)
  end
  return shown(self, cohorts.sum(self.owned, mixed, function(cohort)
    return not (cohort.ends and t >= cohort.ends) and growth(cohort, t, 2) or nil
  end))
end)

-- GW of the first period that would serve the same.
capacity.effective = remembered("effective", function(self, t)
  if not self.gain then return capacity.online(self, t) end
  return owned(self, t, "served") + capacity.rented(self, t) * index_of(self, t)
end)

return capacity
