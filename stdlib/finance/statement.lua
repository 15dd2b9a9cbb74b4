-- Income and cash-flow statement, as a part of the module `finance`. A line of a period is worked
-- out when it is asked for and kept, so that what comes in later may depend on it.
--
-- revenue - cost of revenue = gross profit - opex = EBITDA - depreciation = operating income (EBIT)
-- - interest + interest income = pretax income - tax = net income
-- + depreciation - increase of working capital = operating cash flow - capex = free cash flow
-- + raised + borrowed - repaid - dividends = net cash flow, by which cash increases
local terms = require "finance/terms"
local amounts = require "shared/amounts"
local clock = require "shared/clock"
local tables = require "shared/tables"

local statement = { new = terms.read }

local lines, levels = {}, {}

-- --- Lines of a period.

local function line(s, name, t)
  return clock.kept(s, name, t, function(period) return lines[name](s, period) end)
end

-- A level at the end of a period: those before are worked out in their order.
local function level(s, name, t)
  local kept = s.levels[name] or { [0] = levels[name].opening(s) }
  s.levels[name] = kept
  for i = #kept + 1, t do kept[i] = levels[name].next(s, kept[i - 1], i) end
  return kept[t]
end

local function sum(s, streams, t)
  local total
  for _, stream in ipairs(streams) do
    local x = terms.flow(s, stream.x, t)
    total = total and total + x or x
  end
  return total or terms.flow(s, q(0), t)
end

for _, name in ipairs { "revenue", "cost_of_revenue", "opex" } do
  lines[name] = function(s, t) return sum(s, s.streams[name], t) end
end

for _, name in ipairs { "depreciation", "capex", "raised", "borrowed", "repaid", "dividends" } do
  lines[name] = function(s, t) return terms.flow(s, s.flows[name], t) end
end

function lines.gross_profit(s, t) return line(s, "revenue", t) - line(s, "cost_of_revenue", t) end
function lines.ebitda(s, t) return line(s, "gross_profit", t) - line(s, "opex", t) end
function lines.operating_income(s, t) return line(s, "ebitda", t) - line(s, "depreciation", t) end

-- A rate is on what there was at the start of the period, so that nothing is circular.
function lines.interest(s, t)
  if not s.rates.interest then return terms.flow(s, s.flows.interest, t) end
  return terms.rate(s, s.rates.interest, t) * level(s, "debt", t - 1)
end

function lines.interest_income(s, t)
  if not s.rates.interest_income then return terms.flow(s, s.flows.interest_income, t) end
  return terms.rate(s, s.rates.interest_income, t) * max(level(s, "cash", t - 1), 0)
end

function lines.pretax_income(s, t)
  return line(s, "operating_income", t) - line(s, "interest", t) + line(s, "interest_income", t)
end

-- Losses of the past that this period's profit is set off against: up to a part of it.
local function losses_used(s, t)
  local profit = max(terms.amount(s, line(s, "pretax_income", t)), 0)
  return min(level(s, "losses", t - 1), profit * clamp(at(s.loss_limit, t), 0, 1))
end

function lines.tax(s, t)
  local profit = max(line(s, "pretax_income", t), 0)
  if known(s.tax) == 0 then return profit * 0 end
  return max(profit - terms.per_line(s, losses_used(s, t)), 0) * at(s.tax, t)
end

function lines.net_income(s, t) return line(s, "pretax_income", t) - line(s, "tax", t) end

function lines.working_capital_increase(s, t)
  local increase = level(s, "working_capital", t) - level(s, "working_capital", t - 1)
  return terms.per_line(s, increase)
end

function lines.operating_cash_flow(s, t)
  return line(s, "net_income", t) + line(s, "depreciation", t)
    - line(s, "working_capital_increase", t)
end

function lines.free_cash_flow(s, t)
  return line(s, "operating_cash_flow", t) - line(s, "capex", t)
end

function lines.net_cash_flow(s, t)
  return line(s, "free_cash_flow", t) + line(s, "raised", t) + line(s, "borrowed", t)
    - line(s, "repaid", t) - line(s, "dividends", t)
end

-- --- Levels at the end of a period.

local function money(s, name, t) return terms.amount(s, line(s, name, t)) end

levels.cash = {
  opening = function(s) return s.opening.cash end,
  next = function(s, before, t) return before + money(s, "net_cash_flow", t) end,
}
levels.debt = {
  opening = function(s) return s.opening.debt end,
  next = function(s, before, t) return before + money(s, "borrowed", t) - money(s, "repaid", t) end,
}
levels.property = {
  opening = function(s) return s.opening.property end,
  next = function(s, before, t)
    return before + money(s, "capex", t) - money(s, "depreciation", t)
  end,
}
levels.losses = {
  opening = function(s) return s.opening.losses end,
  next = function(s, before, t)
    local loss = max(-money(s, "pretax_income", t), 0)
    return before - losses_used(s, t) + loss
  end,
}

-- Receivables less payables, in period t.
local function working_capital(s, t)
  local x = at(s.working_capital, t)
  if s.working_kind == "$" then return x end
  local a_year = terms.amount(s, line(s, "revenue", t)) / terms.span()
  return a_year * (s.working_kind == "1" and x * "1 yr" or x)
end

-- The opening level is that of the opening value of revenue or of the level itself; where there is
-- none, nothing changes in the first period.
local function opening_working_capital(s)
  if s.working_kind == "$/yr" then return q "0 $" end
  local has_opening = terms.has_opening(s.working_capital)
  if s.working_kind ~= "$" then
    for _, stream in ipairs(s.streams.revenue) do
      has_opening = has_opening and terms.has_opening(stream.x)
    end
  end
  return working_capital(s, has_opening and 0 or 1)
end

levels.working_capital = {
  opening = opening_working_capital,
  next = function(s, before, t)
    if s.working_kind ~= "$/yr" then return working_capital(s, t) end
    return before + at(s.working_capital, t) * terms.span()
  end,
}

-- What belongs to the owners: by what they paid in and earned, not by what there is.
levels.equity = {
  opening = function(s)
    return s.opening.cash + s.opening.property + level(s, "working_capital", 0) - s.opening.debt
  end,
  next = function(s, before, t)
    return before + money(s, "net_income", t) + money(s, "raised", t) - money(s, "dividends", t)
  end,
}

-- --- What is asked.

local function stream_of(s, name)
  for _, streams in pairs(s.streams) do
    for _, stream in ipairs(streams) do
      if stream.name == name then return stream end
    end
  end
end

local function names(s)
  local all = {}
  tables.append(tables.append(all, tables.keys(lines)), tables.keys(levels))
  for _, streams in pairs(s.streams) do
    for _, stream in ipairs(streams) do all[#all + 1] = stream.name end
  end
  table.sort(all)
  return all
end

local function as(x, unit) return unit and x:as(unit) or x end

-- The value of a line or level in period t, in the unit that the script wrote.
function statement.value(s, name, t)
  if levels[name] then return as(level(s, name, t), s.level_unit) end
  if lines[name] then return as(line(s, name, t), s.flow_unit) end
  local stream = stream_of(s, name)
  if not stream then
    tables.unknown("line", name, names(s))
  end
  return as(terms.flow(s, stream.x, t), s.flow_unit)
end

function statement.gross_margin(s, t)
  return amounts.ratio(line(s, "gross_profit", t), line(s, "revenue", t))
end

-- What there is less what is owed and owned: 0, up to rounding.
function statement.check(s, t)
  local assets = level(s, "cash", t) + level(s, "property", t) + level(s, "working_capital", t)
  return as(assets - level(s, "debt", t) - level(s, "equity", t), s.level_unit)
end

function statement.runway(s, t)
  local burn = -terms.amount(s, line(s, "free_cash_flow", t)) / terms.span()
  return amounts.runway(level(s, "cash", t), burn):as "mo"
end

statement.names = names

return statement
