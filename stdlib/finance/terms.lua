-- What a script says of a statement, as a part of the module `finance`: read once, asked for in
-- every period. Lines are in the dimension of revenue: per time, or amounts of a period.
local amounts = require "shared/amounts"

local terms = {}

-- The time that an amount is of: a period, or a year without a horizon.
function terms.span() return count_periods() > 0 and dt or q "1 yr" end

local function is_zero(x) return known(x) == 0 end

-- Money per time, or an amount; 0 is both.
local function check_money(x, name)
  if not (is_zero(x) or has_unit(x, "$") or has_unit(x, "$/yr")) then
    fail("%s must be money per time, as in $bn/yr, or the amounts of all periods, not in %s", name,
         unit_of(x))
  end
  return x
end

-- Money per time, the amounts of all periods, or a function of the period that gives either. One
-- amount is no flow where there are many periods: of which would it be?
local function check_flow(x, name)
  if type(x) == "function" then
    return function(t) return check_money(quantity(x(t), name), name) end
  end
  x = check_money(quantity(x, name), name)
  local is_amount = has_unit(x, "$") and not is_zero(x)
  if is_amount and not is_series(x) and count_periods() > 0 then
    fail("%s is one amount: write it per time, as in $bn/yr, or as a series, with that of each "
         .. "period", name)
  end
  return x
end

-- A line of one value, or of several by name, in the order of their names.
local function read_streams(given, name)
  if type(given) ~= "table" then return { { x = check_flow(given, name) } } end
  local streams = {}
  for key, x in pairs(given) do
    if type(key) ~= "string" then
      fail("%s must be money per time, or a table of it by name, as in { research = ... }", name)
    end
    streams[#streams + 1] = { name = key, x = check_flow(x, name .. "." .. key) }
  end
  return streams
end

local function either(o, name, other)
  if o[name] ~= nil and o[other] ~= nil then
    fail("%s and %s are the same: give one", name, other)
  end
  if o[name] ~= nil then return o[name], name end
  return o[other], other
end

-- A rate on debt or cash, where the option could be money per time as well.
local function is_rate(x)
  return type(x) ~= "function" and (has_unit(x, "1/yr") or has_unit(x, "1") and not is_zero(x))
end

local function check_working_capital(x)
  for _, unit in ipairs { "1", "yr", "$", "$/yr" } do
    if has_unit(x, unit) then return unit end
  end
  fail("working_capital must be a share of a year's revenue, or days of it, as in 45 day, or "
       .. "money: its level, or its increase per time, not in %s", unit_of(x))
end

-- The unit that something was written in; nil where it is the base unit, which may be nobody's
-- choice.
local function written(x, base)
  local unit = amounts.unit(x)
  return unit ~= base and unit or nil
end

-- What tells the dimension of all lines: the first of revenue. A function tells nothing yet, and is
-- taken to give money per time.
local function first_of(given)
  local _, first = nil, given
  if type(given) == "table" then _, first = next(given) end
  return type(first) == "function" and q "0 $/yr" or quantity(first or 0, "revenue")
end

local function read_units(s, revenue)
  s.flow_unit = written(revenue, s.is_rate and "$/yr" or "$")
  local money = s.flow_unit and (s.is_rate and s.flow_unit:match "^(.+)/%a+$" or s.flow_unit)
  s.level_unit = written(s.opening.cash, "$") or money
end

local flows = { "depreciation", "interest", "interest_income", "capex", "raised", "borrowed",
                "repaid", "dividends" }

function terms.read(o)
  local revenue = first_of(o.revenue)
  local s = { is_rate = not has_unit(revenue, "$"), flows = {}, rates = {}, levels = {},
              tax = o.tax, loss_limit = o.loss_limit, working_capital = o.working_capital }
  local cost, cost_name = either(o, "cost_of_revenue", "cogs")
  s.streams = {
    revenue = read_streams(o.revenue, "revenue"),
    cost_of_revenue = read_streams(cost or 0, cost_name),
    opex = read_streams(o.opex or 0, "opex"),
  }
  for _, name in ipairs(flows) do
    local x = type(o[name]) == "function" and o[name] or quantity(o[name] or 0, name)
    local on_balance = name:find("interest", 1, true) and is_rate(x)
    if on_balance then s.rates[name] = x else s.flows[name] = check_flow(x, name) end
  end
  s.opening = { cash = (either(o, "cash", "opening")) or q "0 $", debt = o.debt,
                losses = o.losses, property = o.property }
  s.working_kind = check_working_capital(o.working_capital)
  read_units(s, revenue)
  return s
end

-- Whether there is a value before the first period: of a function, which is asked for periods
-- alone, there is none.
function terms.has_opening(x) return type(x) ~= "function" and has_value(x, 0) end

-- The value of a flow in a period, in the dimension of revenue.
function terms.flow(s, x, t)
  if t == 0 and type(x) == "function" then
    fail "a line that is a function of the period has no value before the first one"
  end
  x = type(x) == "function" and x(t) or at(x, t)
  if is_zero(x) then return s.is_rate and q "0 $/yr" or q "0 $" end
  local per_time = has_unit(x, "$/yr")
  if per_time == s.is_rate then return x end
  return per_time and x * terms.span() or x / terms.span()
end

-- Of a line, the money of a period; and the other way round.
function terms.amount(s, x) return s.is_rate and x * terms.span() or x end
function terms.per_line(s, x) return s.is_rate and x / terms.span() or x end

-- Of an annual rate, the part for one line's time.
function terms.rate(s, x, t)
  x = at(x, t)
  local per_year = has_unit(x, "1/yr") and x or x / "1 yr"
  return s.is_rate and per_year or per_year * terms.span()
end

return terms
