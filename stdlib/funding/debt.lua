-- Debt of the company; a part of the module `funding`.
--
-- Interest of a period is balance before * rate * dt. What is paid back in it, of the balance
-- before: in full when the term is reached; until then nothing (bullet), 1/n (linear) or
-- i / ((1 + i)^n - 1) (annuity: equal payments of interest and principal), with n the periods that
-- are left and i the interest of one.
local ledger = require "funding/ledger"
local instruments = require "funding/instruments"
local sales = require "funding/sales"
local choose = ledger.choose

local debt = {}

local function add_warrants(books, t, o, drawn)
  local strike = o.strike or sales.latest_price(books)
  local money = drawn * o.warrants
  local shares = sales.bought(money, strike)
  sales.add_options(books, t, o.name, shares, money)
  ledger.set(books.total, t, ledger.current(books.total) + shares)
end

function debt.add(books, o)
  local t, happens = ledger.begin(books, o)
  if o.name == nil then
    o.name = "debt" .. (#books.debts > 0 and " " .. #books.debts + 1 or "")
  end
  if books.debts[o.name] then
    fail("there is already a debt \"%s\": names are unique, as in \"loan \" .. label(t)", o.name)
  end
  local drawn = choose(happens, o.amount, 0)
  ledger.show_in(books, drawn)
  local loan = {
    name = o.name, since = t, rate = o.rate, term = o.term, repay = o.repay, covenant = o.covenant,
    interest_only = o.interest_only, balances = { [t] = drawn }, principals = {},
  }
  books.debts[o.name] = loan
  books.debts[#books.debts + 1] = loan
  ledger.flow(books, "raised", drawn)
  if o.warrants then add_warrants(books, t, o, drawn) end
end

-- --- The schedule, period by period as it is asked for.

local function reached(loan, t, time) return ((t - loan.since + 1e-6) * dt):at_least(time) end

-- The part of the balance before that is paid back in period t before the term.
local function part_repaid(loan, t)
  if loan.repay == "bullet" then return 0 end
  local begins = max((t - 1 - loan.since) * dt, loan.interest_only)
  local left = max((loan.term - begins) / dt, 1)
  local part = 1 / left
  local interest = ledger.in_period(loan.rate, t) * (dt / "1 yr")
  if loan.repay == "annuity" and known(interest) ~= 0 then
    part = choose(interest:above(0), interest / ((1 + interest) ^ left - 1), part)
  end
  return when(((t - loan.since - 1e-6) * dt):above(loan.interest_only), part, 0)
end

local function balance(loan, t)
  if t < loan.since then return 0 * loan.balances[loan.since] end
  local known_to = t
  while loan.balances[known_to] == nil do known_to = known_to - 1 end
  for each = known_to + 1, t do
    local before = loan.balances[each - 1]
    local part = part_repaid(loan, each)
    if loan.term then part = when(reached(loan, each, loan.term), 1, part) end
    loan.principals[each] = before * part
    loan.balances[each] = before - loan.principals[each]
  end
  return loan.balances[t]
end

local function interest(loan, t)
  if t <= loan.since then return 0 * loan.balances[loan.since] end
  return balance(loan, t - 1) * (ledger.in_period(loan.rate, t) * (dt / "1 yr"))
end

local function payment(loan, t)
  local due = interest(loan, t)
  if t <= loan.since then return due end
  balance(loan, t)
  return due + loan.principals[t]
end

-- --- Questions.

-- The debts that are meant: one by name, or all.
local function loans_of(books, name)
  if name == nil then return books.debts end
  if not books.debts[name] then fail("there is no debt \"%s\"", tostring(name)) end
  return { books.debts[name] }
end

-- Adds f(loan, t) of those loans; a series without a period.
local function sum_over(books, name, t, f)
  local loans = loans_of(books, name)
  return ledger.answer(books, t, function(each)
    local sum = q "0 $"
    for _, loan in ipairs(loans) do sum = sum + f(loan, each) end
    return ledger.shown(books, sum)
  end)
end

-- A period may come first, for all debts.
local function sort_out(name, t)
  if math.type(name) == "integer" then return nil, name end
  return name, t and ledger.period("t", t)
end

-- A list of { name, balance at the end of period t }, without a horizon as drawn.
function debt.balances_at(books, t)
  local list = {}
  for i, loan in ipairs(books.debts) do list[i] = { loan.name, balance(loan, t) } end
  return list
end

function debt.balance(books, name, t)
  name, t = sort_out(name, t)
  return sum_over(books, name, t, balance)
end

function debt.interest(books, name, t)
  name, t = sort_out(name, t)
  return sum_over(books, name, t, interest)
end

function debt.payments(books, name, t)
  name, t = sort_out(name, t)
  local notes = {}
  for _, each in ipairs(name == nil and books.instruments or {}) do
    if each.at_maturity == "repay" then notes[#notes + 1] = each end
  end
  local paid = sum_over(books, name, t, payment)
  if #notes == 0 or count_periods() == 0 then return paid end
  local function repaid(period)
    local sum = q "0 $"
    for _, note in ipairs(notes) do sum = sum + (instruments.repaid(note, period) or 0) end
    return sum
  end
  return t and paid + repaid(t) or over_periods(function(each) return paid[each] + repaid(each) end)
end

-- Where a covenant, the condition that is to hold, does not while the debt is outstanding.
function debt.breach(books, name, t)
  name, t = sort_out(name, t)
  return ledger.answer(books, t, function(each)
    local broken
    for _, loan in ipairs(loans_of(books, name)) do
      local holds = loan.covenant
      if type(holds) == "function" then holds = holds(each) end
      if holds ~= nil then
        if not is_quantity(holds) then
          fail("the covenant of \"%s\" gives no condition", loan.name)
        end
        local breach = ~ledger.in_period(holds, each) & balance(loan, each):above(0)
        broken = broken and broken | breach or breach
      end
    end
    return broken or q "0 $":above(0)
  end)
end

return debt
