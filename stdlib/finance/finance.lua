-- What a company earns, what it has left, and what payments over time are worth.
local flows = require "finance/flows"
local new_statement = require "finance/statements"
local ratios = require "finance/ratios"
local tables = require "shared/tables"

-- Money over time, which the statement checks itself: a value, a table of them, a function.
local function flow(name, doc, required)
  return { name, "", doc, kind = "any", required = required }
end

local flow_doc = ", as money per time, the amounts of all periods, or a function of the period"

local statement_options = {
  flow("revenue", "what is sold" .. flow_doc .. "; or a table of it by name", true),
  flow("cost_of_revenue", "the cost of what is sold; or a table of it by name"),
  flow("cogs", "the same as cost_of_revenue"),
  flow("opex", "operating expenses; or a table by name, as in { research = ..., sales = ... }"),
  flow("depreciation", "of property" .. flow_doc),
  flow("interest", "on debt, as a rate such as \"8 %/yr\" of what is owed at the start of the "
    .. "period, or as money per time"),
  flow("interest_income", "on cash, as a rate such as \"4 %/yr\" of what there is at the start "
    .. "of the period, or as money per time"),
  { "tax", "1", "the part of a profit that is paid as tax", default = "0 %", range = "share" },
  { "losses", "$", "losses of the past that profits are set off against, at the start",
    default = "0", kind = "scalar", range = "not negative" },
  { "loss_limit", "1", "the part of a profit that losses may be set off against: 80 % in the US",
    default = "100 %", range = "share" },
  flow("capex", "what is spent on property" .. flow_doc),
  { "working_capital", "",
    "receivables less payables: a share of a year's revenue, days of it as in "
    .. "\"45 day\", its level as money, or its increase as money per time", default = "0" },
  flow("raised", "equity that is paid in" .. flow_doc),
  flow("borrowed", "new debt" .. flow_doc),
  flow("repaid", "debt paid back" .. flow_doc),
  flow("dividends", "what is paid out to the owners" .. flow_doc),
  { "cash", "$", "cash at the start", kind = "scalar" },
  { "opening", "$", "the same as cash", kind = "scalar" },
  { "debt", "$", "debt at the start", kind = "scalar", default = "0", range = "not negative" },
  { "property", "$", "the book value of property at the start", kind = "scalar", default = "0",
    range = "not negative" },
}

-- --- Payments: (flows, rate, { outlay = }), (flows, { rate =, outlay = }) and { flows =, rate = }
-- are brought to the second form, whose options are checked by their descriptions.

local finance

-- The options of { flows =, ... }; nil of payments alone.
local function options_in(given)
  if type(given) ~= "table" or given.flows == nil then return nil end
  local options = tables.with(given, {})
  options.flows = nil
  return options
end

-- f(flows, options), once all but the flows is an option.
local function with_rate(name, f)
  return function(given, rate, o)
    local options = options_in(given)
    if options then return finance[name](given.flows, nil, options) end
    if type(rate) == "table" then return finance[name](given, nil, rate) end
    if rate ~= nil then return finance[name](given, nil, tables.with(o, { rate = rate })) end
    return f(flows.read(given, o), o)
  end
end

local npv = with_rate("npv", function(payments, o)
  if o.rate == nil then fail "rate is missing: the discount rate, as in \"10 %%/yr\"" end
  return flows.npv(payments, o.rate, o.timing)
end)

local payback = with_rate("payback", function(payments, o)
  return flows.payback(payments, o.rate, o.interpolate)
end)

local function irr(given, o)
  local options = options_in(given)
  if options then return finance.irr(given.flows, options) end
  return flows.irr(flows.read(given, o))
end

local flows_argument = { "flows", "", "payments: a series, whose opening value is paid at the "
  .. "start, or a list such as { [0] = \"-100 $\", \"20 $\", \"30 $\" }", kind = "any" }
local outlay = { "outlay", "", "what is paid at the start, as a positive amount" }
local every = { "every", "yr", "the time between the payments of a list", kind = "scalar",
                default = "1 yr", range = "positive" }
local rate = { "rate", "", "the discount rate, as in \"10 %/yr\"", kind = "rate" }
local rate_or_options = tables.with(rate, { kind = "any", optional = true })

local project = [[{ [0] = "-1000 $", "300 $", "400 $", "500 $", "200 $" }]]

local revenue = { "revenue", "", "what is sold" }
local price = { "price", "", "of one unit, as in \"10 $/Mtok\"" }
local variable = { "variable", "", "what one unit costs" }

local doc = "Income and cash-flow statement, margins, break-even, and the value of payments."

finance = module("finance", doc, {
  { "statement", "an income and cash-flow statement, whose lines add up in every sample; a line "
    .. "may be a series that is filled period by period; without a horizon it is of one year",
    options = statement_options,
    example = [[local s = finance.statement { revenue = "44 $bn/yr", cogs = "21.56 $bn/yr",
  opex = { research = "15 $bn/yr", sales = "5 $bn/yr" } }
print(s:net_income(), s:gross_margin())]],
    result = "2.44 $bn/yr\t0.51\n", call = new_statement },
  { "gross_margin", "what is left of revenue after the cost of what is sold, as a part of it; "
    .. "0 where there is no revenue",
    takes = { revenue, { "cost", "", "what it costs" } },
    example = [[print(finance.gross_margin("44 $bn/yr", "21.56 $bn/yr"))]], result = "0.51\n",
    call = ratios.gross_margin },
  { "contribution", "what one unit leaves after its variable cost", takes = { price, variable },
    example = [[print(finance.contribution("10 $/Mtok", "4 $/Mtok"))]], result = "6 $/Mtok\n",
    call = ratios.contribution },
  { "contribution_margin", "the same as a part of the price; 0 where there is none",
    takes = { price, variable },
    example = [[print(finance.contribution_margin("10 $/Mtok", "4 $/Mtok"))]], result = "0.6\n",
    call = ratios.contribution_margin },
  { "break_even", "the volume that pays the fixed cost, fixed / (price - variable); or with a "
    .. "margin the revenue, fixed / margin; infinite where nothing is left of a sale", options = {
      { "fixed", "", "the fixed cost, as in \"15 $bn/yr\"", required = true },
      price, variable, { "cost", "", "the same as variable" },
      { "margin", "1", "the part of revenue that is left, instead of price and variable" },
    },
    example = [[print(finance.break_even { fixed = "15 $bn/yr", margin = "51 %" })]],
    result = "29.4118 $bn/yr\n", call = ratios.break_even },
  { "break_even_when", "the end of the first period in which a profit is 0 or more, as a date; "
    .. "never is infinite", takes = { { "profit", "", "a series of it" } },
    example = [[horizon { from = "2026", to = "2030" }
print(finance.break_even_when(grow("10 $bn/yr", "50 %/yr") - "20 $bn/yr"))]],
    result = "2028\n", call = ratios.break_even_when },
  { "required", "what a gross margin takes of revenue or cost", options = {
      { "margin", "1", "the gross margin wanted", required = true, range = "share" },
      { "revenue", "", "revenue today" }, { "cost", "", "cost of revenue today" },
      { "current", "1", "the gross margin today", range = "share" },
    },
    example = [[local r = finance.required { margin = "60 %", cost = "8.4 $bn/yr",
  current = "33 %" }
print(r:cost_change(), r:revenue_multiple(), r:revenue())]],
    result = "-0.402985\t1.675\t21 $bn/yr\n", call = ratios.new_target },
  { "npv", "the net present value: what is paid at the start and, discounted, at the end of each "
    .. "period; rates are integrated", takes = { flows_argument, rate_or_options },
    options = { rate, outlay, { "timing", "", "when in a period it is paid", kind = "word",
                          words = { "end", "mid" }, default = "end" }, every },
    usage = "finance.npv(flows, rate, { outlay =, timing =, every = })",
    example = "print(finance.npv(" .. project .. ", \"10 %/yr\"))", result = "115.566 $\n",
    call = npv },
  { "irr", "the annual rate at which the net present value is 0: the nearest to 0 of several, no "
    .. "number where there is none", takes = { flows_argument }, options = { outlay, every },
    usage = "finance.irr(flows, { outlay =, every = })",
    example = "print(finance.irr " .. project .. ")", result = "15.3221 %/yr\n", call = irr },
  { "payback", "the time in which payments bring back what was paid, discounted where there is a "
    .. "rate; never is infinite", takes = { flows_argument, rate_or_options },
    options = {
      rate, outlay, every,
      { "interpolate", "", "whether payments are spread over their period, or come at its end",
        kind = "boolean", default = true },
    },
    usage = "finance.payback(flows, rate, { outlay =, interpolate =, every = })",
    example = "print(finance.payback(" .. project .. "))", result = "2.6 yr\n", call = payback },
  { "run_rate", "revenue per year as it is reported: usage of 28 days times 13 and a month of "
    .. "subscriptions times 12", options = {
      { "usage", "", "sales of 28 days, or money per time" },
      { "subscriptions", "", "subscriptions of a month, or money per time" },
    },
    example = [[print(finance.run_rate { usage = "1.5 $bn", subscriptions = "0.8 $bn" })]],
    result = "29.1 $bn/yr\n", call = ratios.run_rate },
  { "runway", "how long cash lasts at a burn: max(cash, 0)/burn; for ever where nothing is "
    .. "burnt",
    takes = { { "cash", "$", "what there is" }, { "burn", "$/yr", "what is used up per time" } },
    example = [[print(finance.runway("2 $M", "200 $k/mo"))]], result = "10 mo\n",
    call = ratios.runway },
  { "rule_of_40", "growth and margin together, which should be 40 % or more", takes = {
      { "growth", "", "of revenue, per year", kind = "rate" },
      { "margin", "1", "of profit or free cash flow" } },
    example = [[print(finance.rule_of_40("60 %/yr", "-20 %"))]], result = "40 %\n",
    call = ratios.rule_of_40 },
  { "burn_multiple", "cash burnt for each $ of annual revenue that is added; infinite where none "
    .. "is, 0 where nothing is burnt", takes = {
      { "burn", "", "what is burnt" }, { "added", "", "the revenue added" } },
    example = [[print(finance.burn_multiple("8 $M", "4 $M"))]], result = "2\n",
    call = ratios.burn_multiple },
  { "cagr", "the compound growth per year from one value to another", takes = {
      { "first", "", "the first value" }, { "last", "", "the last value" },
      { "time", "yr", "the time between them" } },
    example = [[print(finance.cagr("10 $bn", "14.4 $bn", "2 yr"))]], result = "20 %/yr\n",
    call = ratios.cagr },
  { "wacc", "the weighted average cost of capital", options = {
      { "equity", "$", "the value of the equity", required = true, range = "not negative" },
      { "debt", "$", "the value of the debt", default = "0", range = "not negative" },
      { "cost_of_equity", "", "per year", kind = "rate", required = true },
      { "cost_of_debt", "", "per year", kind = "rate", default = "0" },
      { "tax", "1", "the tax that interest saves", default = "0 %", range = "share" },
    },
    example = [[print(finance.wacc { equity = "60 $bn", debt = "40 $bn", cost_of_equity = "12 %/yr",
  cost_of_debt = "6 %/yr", tax = "25 %" })]],
    result = "9 %/yr\n", call = ratios.wacc },
})

return finance
