-- Menus of plans between which customers choose by themselves: vertical differentiation (Mussa and
-- Rosen, Journal of Economic Theory 18, 1978). A customer to whom a unit of quality is worth v
-- takes the plan with the largest v quality - price, or none where all are negative. So plan i is
-- taken from the cut-off max over worse plans j of (p_i - p_j)/(q_i - q_j) on, and its share is
-- what the distribution of v has between its cut-off and that of the next better plan.

local native = ...
local amounts = require "shared/amounts"
local units = require "pricing/units"
local tables = require "shared/tables"
local of_period = units.of_period

-- --- Who the customers are: what part of them has a value below a cut-off.

-- A cut-off in the unit of the values: prices per user are of one customer.
local function in_unit_of_value(cutoff, one)
  for _, head in ipairs { "1", table.unpack(units.heads) } do
    local per_head = cutoff / ("1 " .. head)
    if units.is_plain(per_head / one) then return per_head end
  end
  fail("value must be in %s, price over quality, not %s", unit_of(cutoff), units.found(one))
end

-- Customers who are all alike, in each sample.
local function alike(value)
  return function(cutoff, t)
    local own = of_period(value, t)
    return in_unit_of_value(cutoff, own):above(own)
  end
end

local function warn_of_one_draw(value)
  if known(value) or is_series(value) then return end
  local unit = amounts.unit(value)
  local range = unit and ('"0 %s", "50 %s"'):format(unit, unit) or "0, 1"
  warn(("pricing.menu: value is one number in each sample, the same for all customers, as an "
        .. "assumption and what is computed are; for customers who differ write their distribution "
        .. "itself, value = dist.uniform(%s), or add spread = 0.5 to have them differ around this "
        .. "value"):format(range))
end

-- Values are lognormal around their median.
local function around(median, spread)
  if not is_quantity(median) then median = q(median) end
  local unit = amounts.unit(median) or "1"
  return dist.lognormal(log(median / ("1 " .. unit)), spread, unit)
end

-- What part of the customers has less than the cut-off.
local function part_below(value, spread, quiet)
  if spread then value = around(value, spread) end
  local population, is_spread = native.spread(value)
  if not is_spread then
    if not quiet then warn_of_one_draw(population) end
    return alike(population)
  end
  local one = native.one(population)
  return function(cutoff) return native.below(population, in_unit_of_value(cutoff, one)) end
end

-- Segments { value, weight }, where a value may itself be spread.
local function mixed(segments)
  local parts, total = {}, 0
  for k, segment in ipairs(segments) do
    if type(segment) ~= "table" then
      fail("segment %d of value must be a pair such as { \"20 $/mo\", 0.3 }", k)
    end
    local value, weight = segment.value or segment[1], segment.weight or segment.share or segment[2]
    if not value or not weight then
      fail("segment %d of value lacks its %s: write { \"20 $/mo\", 0.3 }", k,
           value and "weight" or "value")
    end
    parts[k] = { below = part_below(value, nil, true), weight = q(1) * weight }
    total = total + parts[k].weight
  end
  if #parts == 0 then fail("value has no segments: write { { \"20 $/mo\", 0.3 }, ... }") end
  if known(total) == 0 then fail("value has no customers: all weights of its segments are 0") end
  return function(cutoff, t)
    local sum = 0
    for _, part in ipairs(parts) do
      sum = sum + of_period(part.weight, t) * part.below(cutoff, t)
    end
    return amounts.ratio(sum, of_period(total, t))
  end
end

-- --- Reading a menu.

local function read_plan(self, row, k)
  local plan = { name = row.name or tostring(k), quality = row.quality }
  if self.by_name[plan.name] or plan.name == "none" then
    fail("the name \"%s\" of plan %d is taken: choose another", plan.name, k)
  end
  plan.price = units.of_customer(row.price, self.money, "price of " .. plan.name)
  plan.cost = units.of_customer(row.cost, self.money, "cost of " .. plan.name)
  plan.quality = in_unit(plan.quality, self.plans[1] and self.plans[1].quality or plan.quality,
                         "quality of " .. plan.name)
  self.plans[k], self.by_name[plan.name] = plan, k
end

-- One of the values, in their unit.
local function one_value(value)
  local first = type(value) == "table" and value[1] or value
  if type(first) == "table" then first = first.value or first[1] end
  return first and native.one((native.spread(first)))
end

-- Prices are money, or all plain where the values are: what follows is plain then.
local function read_money(self, o)
  local prices = {}
  for k, row in ipairs(o.rows) do prices[k] = row.price end
  self.money, self.shown, self.each = units.first_money(prices)
  if self.money then return end
  local value = one_value(o.value)
  if value and not units.is_plain(value) then
    fail("price: a plan, at least, costs money, as in \"20 $/mo\", as value is in %s",
         unit_of(value))
  end
  self.money, self.shown, self.each = q(1), "1", "1"
end

local function read(o)
  local self = { plans = {}, by_name = {}, known = {} }
  if #o.rows == 0 then
    fail("there are no plans: give rows, as in { name = \"pro\", price = \"20 $/mo\", "
         .. "quality = 2 }")
  end
  if type(o.value) == "table" and o.spread then
    fail("spread is around one value: segments have their own, as in { \"10 to 40 $/mo\", 0.3 }")
  end
  read_money(self, o)
  for k, row in ipairs(o.rows) do read_plan(self, row, k) end
  self.below = type(o.value) == "table" and mixed(o.value) or part_below(o.value, o.spread)
  -- Refuses a wrong unit now instead of later.
  self.below(constant_like(1, self.money) / constant_like(1, self.plans[1].quality))
  return self
end

-- --- Choosing.

local function column(self, name, t)
  local list = {}
  for k, plan in ipairs(self.plans) do list[k] = of_period(plan[name], t) end
  return list
end

local function join(a, b) return table.unpack(table.move(b, 1, #b, #a + 1, a)) end

-- The share of each plan among customers of whom `below` tells, and at the end that of none.
local function choose(self, below, t)
  local cutoffs = { native.cutoffs(join(column(self, "price", t), column(self, "quality", t))) }
  for k, cutoff in ipairs(cutoffs) do cutoffs[k] = below(cutoff, t) end
  return { native.shares(join(column(self, "quality", t), cutoffs)) }
end

-- The same, found once for a period. A series may yet be set, so all of it is found anew.
local function shares(self, t)
  if not t then return choose(self, self.below) end
  self.known[t] = self.known[t] or choose(self, self.below, t)
  return self.known[t]
end

-- The sum over plans of share x what a customer of the plan comes to, per customer as prices are.
local function weigh(self, share, name, t)
  local sum = constant_like(0, self.money)
  for k, plan in ipairs(self.plans) do sum = sum + share[k] * of_period(plan[name], t) end
  return units.show(sum * ("1 " .. self.each), self.shown)
end

local function plan_number(self, name)
  if name == "none" then return #self.plans + 1 end
  if self.by_name[name] then return self.by_name[name] end
  tables.unknown("plan", name, tables.names(self.plans))
end

local function share(self, name, t)
  local found = shares(self, t)
  return units.show_part(name and found[plan_number(self, name)] or 1 - found[#found])
end

local function arpu(self, t) return weigh(self, shares(self, t), "price", t) end

local function average_cost(self, t) return weigh(self, shares(self, t), "cost", t) end

local function arppu(self, t)
  local found, paying = shares(self, t), q(0)
  for k, plan in ipairs(self.plans) do
    paying = paying + when(of_period(plan.price, t):above(0), found[k], 0)
  end
  return units.show(amounts.ratio(arpu(self, t), paying), self.shown)
end

local gross_margin, revenue, cost = units.per_customer(arpu, average_cost)

local function price(self, value, t)
  return weigh(self, choose(self, alike(value), t), "price", t)
end

local function gross_profit(self, users, t)
  return revenue(self, users, t) - cost(self, users, t)
end

local function users_of(self, name, users, t)
  units.check_count(users, "users")
  return shares(self, t)[plan_number(self, name)] * of_period(users, t)
end

local period = { "t", "", "the period; by default all", kind = "period", optional = true }
local users = { "users", "", "all customers in the market, whether they take a plan or not",
                range = "not negative" }

local plans = [[local plans = pricing.menu { value = "uniform(0, 50) $/mo",
  { name = "lite", price = "10 $/mo", quality = 1, cost = "2 $/mo" },
  { name = "plus", price = "25 $/mo", quality = 2, cost = "6 $/mo" },
  { name = "max", price = "60 $/mo", quality = 3, cost = "20 $/mo" } }
]]

local menu = class("menu", "Plans between which customers choose, made by pricing.menu.", {
  { "share", "the share of all customers who take a plan, or \"none\"; without a name, of those "
    .. "who take any", takes = { { "name", "", "of which plan", kind = "text", optional = true },
    period }, call = share,
    example = plans .. [[print(plans:share "lite", plans:share "max", plans:share "none")]],
    result = "0.1\t0.3\t0.2\n" },
  { "arpu", "average revenue per user: of all customers in the market, those without a plan or "
    .. "with a free one among them", takes = { period }, call = arpu,
    example = plans .. "print(plans:arpu())", result = "29 $/mo\n" },
  { "arppu", "average revenue per paying user; 0 where nobody pays", takes = { period },
    call = arppu, example = plans .. "print(plans:arppu())", result = "36.25 $/mo\n" },
  { "average_cost", "the cost per customer in the market", takes = { period },
    call = average_cost },
  { "gross_margin", "1 - cost/revenue; 0 where nothing is sold", takes = { period },
    call = gross_margin },
  { "revenue", "users x arpu", takes = { users, period }, call = revenue,
    example = plans .. "print(plans:revenue(1000))", result = "29000 $/mo\n" },
  { "cost", "users x average cost", takes = { users, period }, call = cost },
  { "gross_profit", "revenue less cost", takes = { users, period }, call = gross_profit },
  { "profit", "the same as gross_profit", takes = { users, period }, call = gross_profit },
  { "users", "how many take a plan",
    takes = { { "name", "", "of which plan", kind = "text" }, users, period },
    call = users_of, example = plans .. [[print(plans:users("plus", "1 M users"))]],
    result = "0.4 M users\n" },
  { "price", "what a customer pays to whom a unit of quality is worth this: the price of the best "
    .. "plan, 0 where none is", takes = { { "value", "", "as in \"20 $/mo\"" }, period },
    call = price, example = plans .. [[print(plans:price "20 $/mo")]], result = "25 $/mo\n" },
})

return {
  "menu", "plans between which customers choose by themselves: who values a unit of quality at v "
    .. "takes the plan with the largest v x quality - price, none where all are negative",
  options = {
    { "value", "", "what a unit of quality is worth to customers: a distribution over customers, "
      .. "as in \"10 to 100 $/mo\", or segments { { \"10 $/mo\", 0.7 }, ... }", kind = "any",
      required = true },
    { "spread", "1", "makes value the median of customers who differ: lognormal with this standard "
      .. "deviation of the logarithm", range = "not negative" },
  },
  rows = {
    { "name", "", "of the plan; by default its number", kind = "text" },
    { "price", "", "per customer, as in \"20 $/mo\" or \"20 $/user/mo\"; plain where value is",
      required = true },
    { "quality", "", "in any one unit", default = "1", range = "not negative" },
    { "cost", "", "of serving a customer", default = "0" },
  },
  example = plans .. [[print(plans:gross_margin())]], result = "0.703448\n",
  call = function(o) return menu(read(o)) end,
}
