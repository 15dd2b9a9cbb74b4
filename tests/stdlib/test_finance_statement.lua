-- The module finance: the income and cash-flow statement.
local check = require "check"

horizon { from = "2026-Q1", periods = 8 }

local function statement(o) return finance.statement(o) end

-- --- A year that reconciles: revenue 44 at 51 %, opex 20, a loss of 10 carried forward up to 80 %
-- of a profit; given per year it is the same in every quarter.

local year = { revenue = "44 $bn/yr", cogs = "21.56 $bn/yr", opex = "20 $bn/yr",
  depreciation = "1 $bn/yr", interest = "0.5 $bn/yr", tax = "21 %", loss_limit = "80 %",
  losses = "10 $bn", working_capital = "1.2 $bn/yr", capex = "4 $bn/yr", borrowed = "5 $bn/yr",
  raised = "30 $bn/yr", cash = "20 $bn", property = "7 $bn", debt = "3 $bn" }
local s = statement(year)
for name, value in pairs {
  gross_profit = 22.44, ebitda = 2.44, operating_income = 1.44, ebit = 1.44, pretax_income = 0.94,
  tax = 0.03948, net_income = 0.90052, operating_cash_flow = 0.70052, free_cash_flow = -3.29948,
  net_cash_flow = 31.70052, burn = 3.29948, working_capital_increase = 1.2, raised = 30 } do
  check.equal(s[name](s, 1), value .. " $bn/yr")
end
check.equal(s:gross_margin(3), "51 %")
check.equal(s:cash(0), "20 $bn")
check.equal(s:cash(4), "51.70052 $bn")
check.equal(s:losses(4), 10 - 0.752 .. " $bn")
check.equal(s:property(4), "10 $bn")
check.equal(s:debt(4), "8 $bn")
check.equal(s:working_capital(4), "1.2 $bn")
check.equal(s:equity(4) - s:equity(0), "30.90052 $bn")
check.equal(s:runway(4), 51.70052 / 3.29948 .. " yr")
check.equal(s:check(4), 0, "1e-6 $")

-- --- Losses carried forward: -100, 60, 90 at 21 %, all of a profit or 80 % of it.

local profits = { "-100 $", "60 $", "90 $", "0 $", "0 $", "0 $", "0 $", "0 $" }
local function taxes(o)
  o.revenue, o.tax = series("$", profits), "21 %"
  return statement(o)
end
check.equal(taxes {}:tax(), { "0 $", "0 $", "10.5 $", "0 $" })
check.equal(taxes { loss_limit = "80 %" }:tax(), { "0 $", "2.52 $", "7.98 $" })
check.equal(taxes { loss_limit = "80 %" }:losses(), { "100 $", "52 $", "0 $" })
check.equal(taxes { loss_limit = 0 }:tax(), { "0 $", "12.6 $", "18.9 $" })
check.equal(taxes { losses = "20 $" }:tax(3), 30 * 0.21 .. " $")

-- --- Amounts of each period and money per time are one thing; results are as revenue is.

local flat = statement { revenue = series("$M", "10 $M"), opex = "20 $M/yr", cash = "30 $M" }
check.equal(flat:net_income(2), "5 $M")
check.equal(flat:cash(8), "70 $M")
check.is_true(summary(flat:runway(1)).mean == math.huge)
local rate = statement { revenue = "40 $M/yr", opex = series("$M", "5 $M"), cash = "30 $M" }
check.equal(rate:net_income(2), "20 $M/yr")
check.equal(rate:cash(8), "70 $M")

-- --- Several streams of revenue and cost, by name.

local named = statement {
  revenue = { api = "30 $bn/yr", subscriptions = "14 $bn/yr" },
  cost_of_revenue = { inference = "12 $bn/yr", support = 0 },
  opex = { research = grow("15 $bn/yr", "100 %/yr"), sales = "5 $bn/yr" } }
check.equal(named:revenue(1), "44 $bn/yr")
check.equal(named:line("research", 5), "30 $bn/yr")
check.equal(named:line("gross_profit", 5), "32 $bn/yr")
check.same(named:line "api" + named:line "subscriptions", named:line "revenue")
check.same(named:lines().net_income, named:net_income())
check.same(named:lines().sales, named:line "sales")

-- --- Interest on what is owed and on what there is, at the start of the period; working capital.

local lent = statement { revenue = "0 $bn/yr", interest = "8 %/yr", debt = "100 $bn",
  borrowed = "40 $bn/yr", repaid = "4 $bn/yr", interest_income = "4 %/yr", cash = "50 $bn" }
check.equal(lent:interest(1), "8 $bn/yr")
check.equal(lent:interest(2), "8.72 $bn/yr")
check.equal(lent:interest_income(1), "2 $bn/yr")
check.equal(lent:interest_income(2), 0.04 * (50 + (2 - 8 + 36) / 4) .. " $bn/yr")
check.equal(statement { revenue = 0, cash = "-5 $bn",
                        interest_income = "4 %/yr" }:interest_income(1), 0)

local rising = series("$bn/yr", { [0] = "10 $bn/yr" })
for t in periods() do rising[t] = rising[t - 1] + "4 $bn/yr" end
for _, case in ipairs { { "10 %", "0.4 $bn" }, { "36.525 day", "0.4 $bn" } } do
  local sold = statement { revenue = rising, working_capital = case[1] }
  check.equal(sold:working_capital(1) - sold:working_capital(0), case[2])
  check.equal(sold:working_capital_increase(3), "1.6 $bn/yr")
end
check.equal(statement { revenue = grow("10 $bn/yr", 1),
                        working_capital = "10 %" }:working_capital_increase(1), 0)
local stock = series("$bn", { [0] = "1 $bn" })
for t in periods() do stock[t] = stock[t - 1] + "0.5 $bn" end
check.equal(statement { revenue = 0, working_capital = stock }:cash(8), "-4 $bn")
check.equal(statement { revenue = "0 $bn/yr", working_capital = "3 $bn" }:cash(8), 0)

-- --- Cash decides what comes: the statement is read while its series are being filled.

local income, raise = series "$bn/yr", series "$bn"
local fed = statement { revenue = income, opex = "20 $bn/yr", raised = raise, cash = "30 $bn" }
local cash = q "30 $bn"
for t in periods() do
  income[t] = fed:cash(t - 1) * 0.2 / "1 yr"
  raise[t] = when(fed:cash(t - 1):below "22 $bn", "10 $bn", 0)
  cash = cash + (cash * 0.2 - "20 $bn") / 4 + when(cash:below "22 $bn", "10 $bn", 0)
  check.same(fed:cash(t), cash)
end

-- The same with functions of the period, of what is worked out as it goes.
local bank = finance.statement { revenue = function(t) return income[t] end, opex = {
  all = "20 $bn/yr" },
  raised = function(t) return raise[t] end, cash = "30 $bn", interest = function() return 0 end }
check.same(bank:cash(), fed:cash())
check.same(bank:line "all", series("$bn/yr", "20 $bn/yr"))

-- --- Every line adds up in every sample, whatever is uncertain.

local a = assume { growth = "20 to 90 %/yr", margin = "40 to 70 %", opex = "15 to 35 $bn/yr",
  capex = "1 to 9 $bn/yr", tax = "15 to 30 %", limit = "60 to 100 %", loan = "5 to 9 %/yr",
  yield = "1 to 4 %/yr", days = "20 to 60 day", cash = "20 to 60 $bn", debt = "5 to 20 $bn",
  losses = "5 to 30 $bn", dep = "1 to 3 $bn/yr", raise = "1 to 20 $bn/yr" }
local revenue = grow("30 $bn/yr", a.growth)
local any = statement { revenue = revenue, cost_of_revenue = revenue * (1 - a.margin),
                        opex = a.opex,
  capex = a.capex, tax = a.tax, loss_limit = a.limit, interest = a.loan, interest_income = a.yield,
  working_capital = a.days, cash = a.cash, debt = a.debt, losses = a.losses, depreciation = a.dep,
  raised = a.raise, borrowed = "4 $bn/yr", repaid = "1 $bn/yr", dividends = "0.5 $bn/yr" }
check.same(any:gross_profit(), any:revenue() - any:cost_of_revenue())
check.same(any:ebitda(), any:gross_profit() - any:opex())
check.same(any:pretax_income(), any:ebit() - any:interest() + any:interest_income(), 1e-6)
check.same(any:net_income(), any:pretax_income() - any:tax(), 1e-6)
check.same(any:operating_cash_flow(), any:net_income() + any:depreciation()
           - any:working_capital_increase(), 1e-6)
check.same(any:free_cash_flow(), any:operating_cash_flow() - any:capex(), 1e-6)
check.same(any:net_cash_flow(), any:free_cash_flow() + any:raised() + "2.5 $bn/yr", 1e-6)
check.same(any:cash(8), a.cash + (any:net_cash_flow() * dt):sum(), 1e-9)
check.always(abs(any:check()):at_most "1 $")
check.always(any:tax():at_least(0) & any:losses():at_least(0))
check.same(any:gross_margin(), series("1", a.margin))
check.varies(any:cash(8))

-- --- Profit before the money runs out.

local function race(cash)
  return statement { revenue = grow("10 $bn/yr", "100 %/yr"), opex = "20 $bn/yr", cash = cash }
end
local wins, loses = race "30 $bn", race "5 $bn"
check.equal(wins:profitable_when(), "1.5 yr")
check.equal(wins:profitable_when "free_cash_flow", "1.5 yr")
check.is_true(summary(wins:runs_out_when()).mean == math.huge)
check.equal(chance(wins:lasts()), 1)
check.equal(chance(wins:profitable_in_time()), 1)
check.equal(loses:runs_out_when(), "0.75 yr")
check.equal(chance(loses:lasts()), 0)
check.equal(chance(loses:profitable_in_time()), 0)
local never = statement { revenue = "0 $bn/yr", opex = "1 $bn/yr", cash = "99 $bn" }
check.equal(chance(never:profitable_in_time()), 0)
local p = chance(any:profitable_in_time())
check.is_true(p > 0 and p < 1, "the chance of profit in time is " .. p)
check.same(any:profitable_in_time(), any:profitable_when():below(any:runs_out_when()))

-- --- Every option reaches cash; another unit is refused.

check.options(function(o) return statement(o):cash(8) end,
  { revenue = "60 $bn/yr", cogs = "20 $bn/yr", opex = "20 $bn/yr", debt = "10 $bn", tax = "20 %",
    losses = "1 $bn", loss_limit = "50 %", interest = "5 %/yr" },
  { revenue = "50 to 70 $bn/yr", cogs = "10 to 20 $bn/yr", opex = "10 to 20 $bn/yr",
    depreciation = "1 to 2 $bn/yr", interest = "5 to 9 %/yr", interest_income = "1 to 2 %/yr",
    tax = "20 to 30 %", losses = "1 to 2 $bn", loss_limit = "1 to 2 %", capex = "1 to 2 $bn/yr",
    working_capital = "1 to 2 $bn/yr", raised = "1 to 2 $bn/yr", borrowed = "1 to 2 $bn/yr",
    repaid = "1 to 2 $bn/yr", dividends = "1 to 2 $bn/yr", cash = "1 to 2 $bn",
      opening = "1 to 2 $bn",
    debt = "1 to 2 $bn" })
check.varies(statement { revenue = 0, property = "1 to 2 $bn" }:equity(1))

-- --- Without revenue, in one sample of many, the margin is 0; without cash there is no runway.

local launched = assume("launched", dist.bernoulli(0.5))
local risky = statement { revenue = launched * "10 $bn/yr", cogs = "4 $bn/yr", cash = "-1 $bn" }
check.varies(risky:gross_margin(1))
check.same(risky:gross_margin(1), when(launched, 0.6, 0))
check.equal(statement { revenue = "0 $/yr", cogs = "4 $/yr" }:gross_margin(1), 0)
local broke = statement { revenue = 0, opex = "1 $bn/yr", cash = "-5 $bn" }
check.equal(broke:runway(1), 0)
check.equal(broke:runway(1), funding.runway(broke:cash(1), broke:burn(1)))

-- --- A function is asked for periods alone, and what fails in it is its own.

local asked = {}
local function at_least_1(t)
  asked[t] = true
  return t > 0 and "10 $bn/yr" or nil
end
local owed = statement { revenue = at_least_1, working_capital = "30 day" }
check.equal(owed:working_capital_increase(1), 0)
check.fails("has no value before the first one", function() owed:revenue(0) end)
check.is_true(asked[1] and not asked[0], "revenue is asked for period 0")
check.fails("no such thing", function()
  statement { revenue = function() error "no such thing" end,
              working_capital = "30 day" }:working_capital(1)
end)
local late = series("1", "10 %") -- without an opening value, where revenue has one
check.equal(statement { revenue = "10 $bn/yr", working_capital = late }:working_capital(0),
            "1 $bn")

-- --- Mistakes.

local function fails(message, o) check.fails(message, function() return statement(o) end) end
fails("revenue is missing", {})
fails("cost_of_revenue and cogs are the same", { revenue = 0, cogs = 0, cost_of_revenue = 0 })
fails("cash and opening are the same", { revenue = 0, cash = "1 $", opening = "1 $" })
fails("raised is one amount: write it per time", { revenue = "1 $/yr", raised = "30 $bn" })
for _, name in ipairs { "revenue", "cogs", "opex", "capex", "raised", "dividends" } do
  for _, revenue in ipairs { "1 $/yr", series("$", "1 $") } do
    local o = { revenue = revenue }
    o[name] = "10 to 12 $bn"
    fails(name .. " is one amount: write it per time", o)
    o[name] = "garbage"
    fails(name .. ": \"garbage\" is not a quantity", o)
    o[name] = true
    fails(name .. " must be a quantity", o)
  end
end
fails("revenue.api is one amount: write it per time", { revenue = { api = "10 $bn" } })
fails("opex.sales: \"garbage\" is not a quantity", { revenue = 0, opex = { sales = "garbage" } })
fails("opex.research must be money", { revenue = "1 $/yr", opex = { research = "3 GW" } })
check.fails("capex must be money per time", function()
  statement { revenue = 0, capex = function() return "5 GW" end }:cash(1)
end)
fails("opex must be money per time, or a table of it by name", { revenue = "1 $/yr", opex = {
  "3 $/yr" } })
fails("working_capital must be a share", { revenue = "1 $/yr", working_capital = "3 GW" })
-- A margin of no revenue is 0, and free cash flow has its short name.
for _, cost in ipairs { "0 $/yr", "5 $bn/yr" } do
  check.equal(statement { revenue = 0, cogs = cost }:gross_margin(1), 0)
  check.equal(statement { revenue = "0 $bn/yr", cogs = cost }:gross_margin(1), 0)
end
check.equal(summary(statement { revenue = "8 $/yr", cogs = "2 $/yr" }:gross_margin(1)).mean, 0.75)
check.same(s:fcf(), s:free_cash_flow())
fails("tax must be a share", { revenue = "1 $/yr", tax = 21 })
fails("did you mean \"revenue\"", { revenu = "1 $/yr" })
check.fails("there is no line \"ebitd\"", function() return s:line "ebitd" end)
local ahead = series "$/yr"
local waiting = statement { revenue = ahead, cash = "5 $" }
check.fails("has not been set", function() return waiting:cash(1) end)
check.equal(waiting:cash(0), "5 $")
ahead[1] = "8 $/yr"
check.equal(waiting:cash(1), "7 $")

check.done()
