-- The type of a statement, as a part of the module `finance`.
local model = require "finance/statement"
local over_time = require "shared/over_time"

-- Without a horizon there is one period, a year.
local function in_periods(t, value) return over_time.answer(t, value, 1) end

local t = over_time.period

local docs = {
  { "revenue", "what is sold" },
  { "cost_of_revenue", "the cost of what is sold" },
  { "gross_profit", "revenue less cost of revenue" },
  { "opex", "operating expenses" },
  { "ebitda", "gross profit less operating expenses" },
  { "depreciation", "the part of property that is used up" },
  { "operating_income", "EBITDA less depreciation" },
  { "ebit", "the same as operating_income", line = "operating_income" },
  { "interest", "what debt costs" },
  { "interest_income", "what cash earns" },
  { "pretax_income", "operating income less interest, with interest income" },
  { "tax", "of pretax income where it is above 0, less losses carried forward" },
  { "net_income", "pretax income less tax" },
  { "working_capital_increase", "the increase of working capital" },
  { "operating_cash_flow", "net income, with depreciation and without the increase of working "
    .. "capital" },
  { "capex", "what is spent on property" },
  { "free_cash_flow", "operating cash flow less capex" },
  { "fcf", "the same as free_cash_flow", line = "free_cash_flow" },
  { "raised", "equity that is paid in" },
  { "net_cash_flow", "free cash flow with what is raised and borrowed, less what is repaid and "
    .. "paid out" },
  { "cash", "at the end of the period; of period 0, at the start" },
  { "debt", "at the end of the period" },
  { "losses", "the losses carried forward, at the end of the period" },
  { "property", "the book value: what was spent on it less depreciation" },
  { "working_capital", "receivables less payables, at the end of the period" },
  { "equity", "the owners' part: what was paid in and earned, less dividends" },
}

local year = [[local s = finance.statement { revenue = "44 $bn/yr", cogs = "21.56 $bn/yr",
  opex = { research = "15 $bn/yr", sales = "5 $bn/yr" }, cash = "20 $bn" }; print(]]

local examples = {
  gross_profit = "22.44 $bn/yr\n", operating_income = "2.44 $bn/yr\n", cash = "22.44 $bn\n",
}

local methods = {}
for i, entry in ipairs(docs) do
  local name = entry[1]
  methods[i] = {
    name, entry[2], takes = { t }, result = examples[name],
    example = examples[name] and ("%ss:%s())"):format(year, name),
    call = function(s, period)
      return in_periods(period, function(p) return model.value(s, entry.line or name, p) end)
    end,
  }
end

local function add(method) methods[#methods + 1] = method end

-- A method that has a value in each period.
local function add_measure(name, doc, value, example, result)
  add { name, doc, takes = { t }, example = example, result = result, call = function(s, period)
    return in_periods(period, function(p) return value(s, p) end)
  end }
end

add_measure("gross_margin", "gross profit over revenue; 0 where there is none", model.gross_margin,
  year .. "s:gross_margin())", "0.51\n")
add_measure("burn", "cash that is used up per time before anything is raised: free cash flow with "
  .. "its sign turned, below 0 where there is more every period",
  function(s, p) return -model.value(s, "free_cash_flow", p) end)
add_measure("runway", "how long the cash at the end of the period lasts at its burn; infinite "
  .. "where nothing is burnt",
  model.runway, [[print(finance.statement { revenue = "300 $k/mo", opex = "500 $k/mo",
  cash = "4.4 $M" }:runway())]], "10 mo\n")
add_measure("check", "assets less debt and equity: 0 in every sample, up to rounding", model.check)

add { "line", "a line by its name, one of an option's table too", takes = {
    { "name", "", "of the line", kind = "text" }, t },
  example = year .. "s:line \"research\")", result = "15 $bn/yr\n",
  call = function(s, name, period)
    return in_periods(period, function(p) return model.value(s, name, p) end)
  end }
add { "lines", "a table of all lines by name, as for output(s:lines())",
  example = year .. "s:lines().net_income)", result = "2.44 $bn/yr\n",
  call = function(s)
    local lines = {}
    for _, name in ipairs(model.names(s)) do
      lines[name] = in_periods(nil, function(p) return model.value(s, name, p) end)
    end
    return lines
  end }

-- --- Profit before the money runs out.

local function series_of(s, name)
  if count_periods() == 0 then fail "there is no horizon: set one to ask when" end
  return over_periods(function(p) return model.value(s, name, p) end)
end

local function profitable_when(s, measure)
  local x = series_of(s, measure)
  return x:first_when(x:above(0))
end

local function runs_out_when(s)
  local cash = series_of(s, "cash")
  return cash:first_when(cash:below(0))
end

local measure = { "measure", "", "what must be above 0", kind = "word", default = "net_income",
                  words = { "net_income", "operating_income", "ebitda", "free_cash_flow" } }

local race = [[horizon { from = "2026", to = "2030" }
local s = finance.statement { revenue = grow("10 $bn/yr", "50 %%/yr"), opex = "20 $bn/yr",
  cash = "%s" }; print(%s)]]

add { "profitable_when", "the end of the first period with a profit, as a date; never is infinite",
  takes = { measure }, example = race:format("30 $bn", "s:profitable_when()"), result = "2028\n",
  call = profitable_when }
add { "runs_out_when", "the end of the first period in which cash is below 0, as a date; never is "
    .. "infinite", example = race:format("12 $bn", "s:runs_out_when()"), result = "2027\n",
  call = runs_out_when }
add { "lasts", "the condition that cash is never below 0",
  example = race:format("15 $bn", "s:lasts()"), result = "true\n",
  call = function(s) return series_of(s, "cash"):min():at_least(0) end }
add { "profitable_in_time", "the condition that there is a profit before cash is below 0",
  takes = { measure }, example = race:format("12 $bn", "chance(s:profitable_in_time())"),
  result = "0.0\n",
  call = function(s, which) return profitable_when(s, which):below(runs_out_when(s)) end }

local new = class("statement", "An income and cash-flow statement, period by period.", methods)

return function(o) return new(model.new(o)) end
