-- Margins, break-even and the figures that a company is judged by, as a part of the module
-- `finance`.
local amounts = require "shared/amounts"
local options = require "shared/options"

local ratios = {}

function ratios.gross_margin(revenue, cost)
  return amounts.ratio(revenue - in_unit(cost, revenue, "cost"), revenue)
end

function ratios.contribution(price, variable)
  return price - in_unit(variable, price, "variable")
end

function ratios.contribution_margin(price, variable)
  return amounts.ratio(ratios.contribution(price, variable), price)
end

-- What pays the fixed cost; never, where what is sold leaves nothing.
local function paid_by(fixed, contribution)
  return when(contribution:above(0), fixed / contribution, math.huge)
end

local function check_money(x, name)
  if x and not (has_unit(x, "$") or has_unit(x, "$/yr") or known(x) == 0) then
    fail("%s must be money, or money per time, as in $bn/yr, not in %s", name, unit_of(x))
  end
  return x
end

function ratios.break_even(o)
  local variable = options.either(o, "variable", "cost")
  check_money(o.fixed, "fixed")
  if o.margin then
    amounts.check_share(o.margin, "margin")
    if o.price or variable then fail "margin is instead of price and variable: leave one out" end
    return amounts.like(paid_by(o.fixed, o.margin), o.fixed)
  end
  if not o.price then
    fail "price is missing: of one unit, as in \"10 $/Mtok\"; or give margin, for the revenue"
  end
  return paid_by(o.fixed, ratios.contribution(o.price, variable or 0))
end

function ratios.break_even_when(x)
  if not is_series(x) then fail "profit must be a series over the periods" end
  return x:first_when(x:at_least(0))
end

-- A month that is 28 days comes 13 times a year, a month of the calendar 12 times.
function ratios.run_rate(o)
  if not (o.usage or o.subscriptions) then
    fail "there is nothing to annualise: give usage, subscriptions or both"
  end
  local function annualised(x, days_or_month, times)
    if not x then return nil end
    local amount = has_unit(x, "$/yr") and x * days_or_month or x
    local unit = has_unit(x, "$") and unit_of(x) .. "/yr" or unit_of(x)
    return (amount * times / "1 yr"):as(unit)
  end
  local usage = annualised(check_money(o.usage, "usage"), q "28 day", 13)
  local subscriptions = annualised(check_money(o.subscriptions, "subscriptions"), q "1 mo", 12)
  if usage and subscriptions then return usage + subscriptions end
  return usage or subscriptions
end

-- Growth per year without its unit, so that it may be added to a margin.
function ratios.rule_of_40(growth, margin) return amounts.part_like(growth + margin, margin) end

function ratios.burn_multiple(burn, added)
  return amounts.times(burn, in_unit(added, burn, "added"))
end

function ratios.runway(cash, burn)
  return amounts.runway(cash, in_unit(burn, cash / "1 mo", "burn")):as "mo"
end

function ratios.cagr(first, last, time)
  local ratio = in_unit(last, first, "last") / first
  return ((ratio ^ ("1 yr" / time) - 1) / "1 yr"):as "%/yr"
end

-- Each source of capital by its share, debt after the tax that its interest saves.
function ratios.wacc(o)
  local cost = o.equity * o.cost_of_equity + o.debt * o.cost_of_debt * (1 - o.tax)
  return (amounts.ratio(cost, o.equity + o.debt) / "1 yr"):as "%/yr"
end

-- --- What a gross margin takes.

-- Two of revenue, cost and the margin that there is give the third.
function ratios.required(o)
  local known_now = (o.revenue and 1 or 0) + (o.cost and 1 or 0) + (o.current and 1 or 0)
  if known_now == 0 then
    fail "say what there is: revenue and cost, or one of them, or current, the margin now"
  elseif known_now == 3 then
    fail "revenue, cost and current are one too many: two of them give the third"
  end
  local kept = o.current and 1 - o.current
  return {
    margin = o.margin,
    revenue = o.revenue or o.cost and kept and o.cost / kept,
    cost = o.cost or o.revenue and kept and o.revenue * kept,
    cost_share = kept or o.cost and o.revenue and in_unit(o.cost, o.revenue, "cost") / o.revenue,
  }
end

local function needed(target, name)
  return target[name] or fail("say what there is: revenue and cost, or one of them and current")
end

local new_target = class("target", "What a gross margin takes.", {
  { "revenue", "the revenue that would do at today's cost",
    example = [[print(finance.required { margin = "33 %", cost = "8.4 $bn/yr" }:revenue())]],
    result = "12.5373 $bn/yr\n",
    call = function(self)
      local cost = needed(self, "cost")
      return amounts.like(cost / (1 - self.margin), cost)
    end },
  { "cost", "the cost that would do at today's revenue",
    example = [[print(finance.required { margin = "60 %", revenue = "21 $bn/yr" }:cost())]],
    result = "8.4 $bn/yr\n",
    call = function(self)
      local revenue = needed(self, "revenue")
      return amounts.like(revenue * (1 - self.margin), revenue)
    end },
  { "cost_change", "by what part cost must change at today's revenue",
    example = [[print(finance.required { margin = "60 %", current = "33 %" }:cost_change())]],
    result = "-0.402985\n",
    call = function(self)
      return ((1 - self.margin) / needed(self, "cost_share") - 1):as "1"
    end },
  { "revenue_multiple", "by what factor revenue must change at today's cost",
    example = [[print(finance.required { margin = "60 %", current = "33 %" }:revenue_multiple())]],
    result = "1.675\n",
    call = function(self) return needed(self, "cost_share") / (1 - self.margin) end },
})

function ratios.new_target(o) return new_target(ratios.required(o)) end

return ratios
