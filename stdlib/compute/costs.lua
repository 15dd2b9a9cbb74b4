-- What a fleet costs: payments for what is ordered, running costs, and the same payments spread
-- over the life of what they bought.

local running = require "compute/running"
local cohorts = require "compute/cohorts"
local capacity = require "compute/capacity"
local annuity = require "compute/annuity"
local money = require "compute/money"
local costs = {}

-- A rate in the money that the fleet's prices are written in.
local function rate(self, x) return money.show(x, self.money, "/yr") end
local function amount(self, x) return money.show(x, self.money, "") end

-- --- Payments.

local pay = {}

-- All of it in the period of the order.
function pay.order(cohort, t)
  return cohort.totals.bill and cohort.totals.bill.added[t]
end

-- The difference between a running sum in this period and in the one before.
local function growth(now, before) return now and before and now - before or now end

-- All of it in the period of its arrival, which is so many whole periods later.
function pay.delivery(cohort, t)
  local bill = cohort.totals.bill
  if not bill then return nil end
  local wait = floor(q(cohort.lead + 1e-9))
  wait = known(wait) or wait
  return growth((running.in_service(bill, t, wait)), (running.in_service(bill, t - 1, wait)))
end

-- Evenly over the lead time L of each order. By the end of period t each has paid the part
-- min(1, (t - s + 1)/L): the mean over the last L of the running total of orders, which is had
-- from that total's own running total. Within one period it is paid in that period.
local function paid_evenly(cohort, t)
  local bill = cohort.totals.bill
  if not bill or t < bill.first then return nil end
  cohort.area = cohort.area or running.new()
  for s = (cohort.area.last or bill.first - 1) + 1, t do
    running.add(cohort.area, s, running.through(bill, s))
  end
  local lead = cohort.lead
  local ordered = running.through(bill, t)
  if type(lead) == "number" and lead <= 1 then return ordered end
  local earlier = running.in_service(cohort.area, t, lead)
  local over = running.through(cohort.area, t)
  local mean = (earlier and over - earlier or over) / max(lead, 1)
  return type(lead) == "number" and mean or when(lead:at_most(1), ordered, mean)
end

function pay.spread(cohort, t)
  return growth(paid_evenly(cohort, t), paid_evenly(cohort, t - 1))
end

costs.capex = capacity.remembered("capex", function(self, t)
  if self.unpriced then
    fail("what an order costs is not known: give capex =, as in \"38 $bn/GW\"")
  end
  local paid = cohorts.sum(self.owned, q "0 $bn", function(cohort)
    return pay[self.pay](cohort, t)
  end)
  capacity.pay(self, t)
  return rate(self, paid / dt)
end)

-- --- Running costs.

function costs.facility(self, t)
  return (capacity.owned(self, t) * at(self.pue, t)):as(
    self.unit and self.unit .. "_facility" or "GW_facility")
end

function costs.power(self, t)
  if not self.power_price then return q "0 $bn/yr" end
  return rate(self, costs.facility(self, t) * at(self.load, t) * at(self.power_price, t))
end

function costs.rent(self, t)
  return rate(self, cohorts.sum(self.rents, q "0 $bn/yr", function(cohort)
    return cohorts.held(cohort, t, "rent", "gw")
  end))
end

costs.cost = capacity.remembered("cost", function(self, t)
  capacity.use(self, t)
  local sum = costs.rent(self, t) + costs.power(self, t)
  if self.opex then sum = sum + capacity.owned(self, t) * at(self.opex, t) end
  return rate(self, sum)
end)

-- --- Payments spread over the life of what they bought.

-- The sum over the parts in service in period t of f(what they cost, their life).
local function over_lives(self, t, f)
  local function part_of(cohort)
    local sum
    for name, life in pairs(cohort.lives) do
      local held = name ~= "gw" and cohorts.held(cohort, t, name, name)
      if held and known(life) ~= 0 then sum = sum and sum + f(held, life) or f(held, life) end
    end
    return sum
  end
  local sum = cohorts.sum(self.owned, q "0 $bn/yr", part_of)
  for _, part in ipairs(self.mixed and self.prices or {}) do
    local life = at(self.lives[part.name] or self.lives.all, 1)
    sum = sum + f(capacity.left(self, t, part.name, at(part.price, 1) * self.mixed), life)
  end
  return sum
end

local function check_priced(self)
  if not self.lives.all and #self.owned.list > 0 then
    fail("the life of what is owned is not known: give life =, as in \"5 yr\"")
  end
  if self.unpriced then
    fail("what an order costs is not known: give capex =, as in \"38 $bn/GW\"")
  end
end

-- Straight line, from the arrival on.
costs.depreciation = capacity.remembered("depreciation", function(self, t)
  check_priced(self)
  capacity.use(self, t)
  return rate(self, over_lives(self, t, function(price, life) return price / life end))
end)

function costs.annuity(self, t, interest)
  check_priced(self)
  interest = interest or self.rate
  if not interest then fail("rate is missing: the cost of capital, as in \"8 %%/yr\"") end
  capacity.use(self, t)
  interest = at(interest, t)
  return rate(self, over_lives(self, t, function(price, life)
    return annuity.of(price, life, interest)
  end))
end

-- What has been paid and not depreciated, at the end of the period.
costs.book_value = capacity.remembered("book", function(self, t)
  if t == 0 then return amount(self, self.opening_book) end
  return amount(self, costs.book_value(self, t - 1)
                      + (costs.capex(self, t) - costs.depreciation(self, t)) * dt)
end)

return costs
