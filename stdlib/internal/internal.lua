-- Deployment in-house: what a capability brings that is used instead of sold.
local compare = require "internal/compare"
local edge = require "internal/edge"
local venture = require "internal/venture"
local amounts = require "shared/amounts"
local clock = require "shared/clock"
local options = require "shared/options"
local over_time = require "shared/over_time"
local tables = require "shared/tables"

local period = over_time.period
local holders = { "n", "1", "how many hold the edge, a whole number or not", range = "positive" }

local function method(name, doc, call, example, result)
  return { name, doc, takes = { period }, call = call, example = example, result = result }
end

-- Ventures ------------------------------------------------------------------------------------

local example_venture = [[
horizon { from = "2026-Q3", to = "2028-Q4" }
local v = internal.venture { pool = "200 $bn/yr", edge = "25 %", firms = 5, adopters = "4 1/yr",
                             catch_up = "6 mo", compute = "1 GW" }
]]

local new_venture = class("venture", "An edge put to work in-house.", {
  method("revenue", "what the edge brings in: pool x edge x value(holders) x the ramp",
         venture.revenue, example_venture .. "print(v:revenue(1))", "50 $bn/yr\n"),
  method("holders", "how many hold the edge, the venture itself counted", venture.holders,
         example_venture .. "print(v:holders(2), v:holders(5), v:holders(10))", "1\t3.5\t5\n"),
  method("compute", "the computing power in use", venture.compute,
         example_venture .. "print(v:compute(1))", "1 GW\n"),
  method("cost", "compute at its price, own costs, and the hurdle rate on the capital",
         venture.cost, example_venture .. "print(v:cost(1))", "15 $bn/yr\n"),
  method("profit", "revenue x margin less all costs", venture.profit,
         example_venture .. "print(v:profit(1))", "35 $bn/yr\n"),
  { "value", "what the edge is worth to each of n holders, relative to one holder; of those in "
    .. "each period where n is left out",
    takes = { { "n", "1", holders[3], range = "positive", optional = true } },
    example = [[print(internal.venture { pool = "200 $bn/yr" }:value(2))]], result = "0.25\n",
    call = function(v, n)
      if n then return edge.each(v.share, n) end
      return over_periods(function(t) return edge.each(v.share, venture.holders(v, t)) end)
    end },
  { "total", "what the edge is worth to all of n holders together, relative to one holder",
    takes = { holders },
    example = [[print(internal.venture { pool = "200 $bn/yr", decay = "kyle" }:total(4))]],
    result = "0.8\n",
    call = function(v, n) return edge.total(v.share, n) end },
})

local venture_options = {
  { "pool", "$/yr", 'the size of the industry that the edge works in, as in "200 $bn/yr"' },
  { "edge", "1", "the share of the pool that a sole holder of the edge captures",
    default = "1", range = "share" },
  { "firms", "1", "the firms that hold the edge, the venture itself counted: from the start on, "
    .. "or once the lag is over where catch_up is given; with adopters that are a rate, the most "
    .. "there can be, without a limit where they are 1 or left out", range = "positive" },
  edge.option,
  { "catch_up", "yr", "the lag from the first revenue until others begin to hold the edge: one "
    .. "other where neither firms nor adopters are given; 9 mo where adopters are given without it",
    kind = "scalar", range = "not negative" },
  { "adopters", "", "those who follow once the lag is over: a number of them, all at once, as in "
    .. "9, or how many more a year, as in \"4 1/yr\"", range = "not negative" },
  { "delay", "yr", "the time from the start until the first revenue", kind = "scalar",
    default = "0 yr", range = "not negative" },
  { "ramp", "yr", "the time from the first revenue until all of it, in a straight line",
    kind = "scalar", default = "0 yr", range = "not negative" },
  { "half_life", "yr", "the time in which the edge itself fades to a half; never where it is "
    .. "left out", kind = "scalar", range = "positive" },
  { "compute", "GW", "the computing power that the venture takes", default = "0 GW",
    range = "not negative" },
  { "compute_price", "$/GW/yr", "what that costs, or would bring elsewhere",
    default = "15 $bn/GW/yr", range = "not negative" },
  { "margin", "1", "what is left of revenue before compute and the other costs",
    default = "100 %" },
  { "cost", "$/yr", "own costs that do not depend on revenue", default = "0 $/yr" },
  { "capital", "$", "the capital tied up", default = "0 $", range = "not negative" },
  { "hurdle", "", "what that capital must earn", kind = "rate", default = "10 %/yr" },
  { "success", "1", "the probability that it works at all, drawn once for each sample; it shows "
    .. "with the first revenue, and ends the costs where it failed", kind = "scalar",
    default = "100 %", range = "share" },
  { "start", "", "when costs begin: a time from the start of the horizon, a date, or the number "
    .. "of a period", kind = "any", default = "0 yr" },
  clock.timing,
  { "name", "", "what the draw of success is named by", kind = "text" },
}

-- The options of a kind of venture, which has defaults of its own; without one, a pool is required.
local function options_with(defaults)
  local list = {}
  for i, option in ipairs(venture_options) do
    local default = defaults[option[1]] or option.default
    list[i] = tables.with(option, {
      default = default, required = option[1] == "pool" and not default,
    })
  end
  return list
end

local function make_venture(o) return new_venture(venture.new(o)) end

-- Jane Street's and the industry's revenue are the essay's figures; see docs/modules/internal.md.
local trading = { pool = "200 $bn/yr", edge = "25 %", compute = "1 GW" }
-- Success and length of clinical development: BIO, 2011-2020.
local drug = { success = "7.9 %", delay = "10.5 yr" }

-- Comparisons ---------------------------------------------------------------------------------

local example_compare = [[
horizon { from = "2026", to = "2030" }
local c = internal.compare {
  sell = { revenue = "40 $bn/yr", margin = "50 %" }, leak = 9,
  keep = internal.venture { pool = "200 $bn/yr", edge = "25 %" },
}
]]

local rate = { "rate", "", "the annual rate of discount; that of the comparison by default",
               kind = "rate", optional = true }

local function valued(name, doc, series, result)
  return { name, doc, takes = { rate }, example = example_compare .. ("print(c:%s())"):format(name),
           result = result,
           call = function(c, r) return series(c):npv(r or c.discount) end }
end

local new_comparison = class("comparison", "One capability, sold by API or kept in-house.", {
  method("keep", "the profit of keeping it in-house", compare.keep,
         example_compare .. "print(c:keep(1))", "50 $bn/yr\n"),
  method("sell", "the profit of selling it from the release on, with what is left of its use "
         .. "in-house", compare.sell, example_compare .. "print(c:sell(1))", "20.5 $bn/yr\n"),
  method("forgone", "the profit of selling that keeping gives up", compare.forgone,
         example_compare .. "print(c:forgone(1))", "20 $bn/yr\n"),
  method("destroyed", "the profit in-house that selling destroys", compare.destroyed,
         example_compare .. "print(c:destroyed(1))", "49.5 $bn/yr\n"),
  method("advantage", "keeping less selling: destroyed - forgone", compare.advantage,
         example_compare .. "print(c:advantage(1))", "29.5 $bn/yr\n"),
  method("better", "the condition that keeping is better in the period", compare.better,
         example_compare .. "print(c:better(1))", "true\n"),
  valued("npv", "the net present value of keeping less that of selling", compare.advantage,
         "111.828 $bn\n"),
  { "best", 'evaluates at once: "keep" or "sell", whichever has the larger mean net present value',
    takes = { rate }, example = example_compare .. "print(c:best())", result = "keep\n",
    call = function(c, r)
      return summary(compare.advantage(c):npv(r or c.discount)).mean > 0 and "keep" or "sell"
    end },
  { "break_even_edge", "the edge, the same in every period, at which the net present values of "
    .. "keeping and selling are equal, in each sample, infinite where nothing comes of it; of one "
    .. "venture", takes = { rate },
    example = example_compare .. "print(c:break_even_edge())", result = "10.101 %\n",
    call = function(c, r) return compare.break_even_edge(c, r or c.discount) end },
  { "expected_break_even", "evaluates at once: the edge at which the expected net present values "
    .. "are equal, what keeping gives up on average over what an edge of 100 % gains on average",
    takes = { rate }, example = example_compare .. "print(c:expected_break_even())",
    result = "10.101 %\n",
    call = function(c, r) return compare.expected_break_even(c, r or c.discount) end },
  { "break_even_revenue", "the revenue of selling, the same in every period, at which they are "
    .. "equal", takes = { rate },
    example = example_compare .. "print(c:break_even_revenue())", result = "99 $bn/yr\n",
    call = function(c, r) return compare.break_even_revenue(c, r or c.discount) end },
  { "flips", "when the better choice first is another than in the first period; never is infinite",
    example = [[
horizon { from = "2026", to = "2035" }
local c = internal.compare { sell = { revenue = grow("10 $bn/yr", "50 %/yr") },
                             keep = { pool = "200 $bn/yr", edge = "25 %" } }
print(c:flips())]], result = "2030\n", call = compare.flips },
  { "delay_value", "what it is worth to sell at the release instead of at once", takes = { rate },
    example = [[
horizon { from = "2026", to = "2030" }
print(internal.compare { sell = "40 $bn/yr", release = "1 yr",
                         keep = { pool = "200 $bn/yr", edge = "25 %" } }:delay_value(0))]],
    result = "10 $bn\n",
    call = function(c, r)
      return (compare.sell(c) - compare.sell(compare.at_once(c))):npv(r or c.discount)
    end },
})

local new_sale = class("sale", "A capability sold by API.", {
  method("profit", "revenue x margin less costs", compare.fee, [[
horizon { periods = 1 }
print(internal.sale { revenue = "40 $bn/yr", margin = "72 %" }:profit(1))]], "28.8 $bn/yr\n"),
})

local internal

-- What `sell` may be: a sale, its options, or its revenue alone.
local function sale_of(sell)
  local given = state_of(sell, "sale")
  if given then return given end
  if type(sell) ~= "table" then sell = { revenue = sell } end
  return state_of(internal.sale(sell), "sale")
end

-- What `keep` may be: a venture, its options, or a list of either.
local function ventures_of(keep)
  local given = state_of(keep, "venture")
  if given then return { given } end
  if type(keep) ~= "table" then
    fail("keep must be a venture, such as internal.venture { ... }, or a list of them")
  end
  if keep[1] == nil then return { state_of(internal.venture(keep), "venture") } end
  local list = {}
  for i, one in ipairs(keep) do list[i] = ventures_of(one)[1] end
  return list
end

local function need(o, name, example)
  if o[name] == nil then fail("%s is missing: write %s = %s", name, name, example) end
end

internal = module("internal", "Deployment in-house: ventures that use a capability instead of "
                  .. "selling it, and which of the two is worth more.", {
  { "venture", "an edge that takes a share of an industry's pool until others hold it too",
    options = options_with {}, call = make_venture,
    example = [[
horizon { from = "2026-Q3", to = "2028-Q4" }
local v = internal.venture { pool = "200 $bn/yr", edge = "25 %", firms = 10, catch_up = "6 mo" }
print(v:revenue(1), v:revenue(3))]], result = "50 $bn/yr\t0.5 $bn/yr\n" },
  { "trading", "a venture in trading: the options of a venture, with the essay's figures",
    options = options_with(trading), call = make_venture,
    example = [[
horizon { from = "2026", to = "2028" }
print(internal.trading { firms = 1 }:profit(1))]], result = "35 $bn/yr\n" },
  { "drug", "a venture in drug discovery: the options of a venture, with the odds and the length "
    .. "of clinical development", options = options_with(drug), call = make_venture,
    example = [[
horizon { from = "2026", to = "2040" }
local d = internal.drug { pool = "20 $bn/yr", edge = "50 %", success = "100 %" }
print(d:revenue(10), d:revenue(12))]], result = "0 $bn/yr\t10 $bn/yr\n" },
  { "value", "what an edge is worth to each of n holders, relative to one holder",
    takes = { holders, { "decay", "", edge.option[3], kind = "any", default = "inverse" } },
    example = [[print(internal.value(2), internal.value(4, "kyle"))]], result = "0.25\t0.2\n",
    call = function(n, decay) return edge.each(edge.share(decay), n) end },
  { "total", "what an edge is worth to all of n holders together, relative to one holder",
    takes = { holders, { "decay", "", edge.option[3], kind = "any", default = "inverse" } },
    example = [[print(internal.total(2), internal.total(4, "kyle"))]], result = "0.5\t0.8\n",
    call = function(n, decay) return edge.total(edge.share(decay), n) end },
  { "sale", "what selling a capability by API brings: for the option sell of internal.compare",
    options = {
      { "revenue", "$/yr", 'the revenue of selling, as in "40 $bn/yr"' },
      { "fee", "$/yr", "the same as revenue" },
      { "margin", "1", "what is left of it after the cost of serving", default = "100 %" },
      { "cost", "$/yr", "costs of selling that do not depend on revenue", default = "0 $/yr" },
      { "catch_up", "yr", "the lag after the release until others hold the edge, where selling "
        .. "shortens that of the venture; the venture goes on", kind = "scalar",
        range = "not negative" },
      { "adopters", "", "the holders that selling makes, as the option leak of internal.compare",
        range = "not negative" },
    },
    example = [[print(internal.sale { revenue = "40 $bn/yr", margin = "72 %" })]],
    result = "a sale\n",
    call = function(o)
      amounts.check_share(o.margin, "margin")
      o.revenue = options.either(o, "revenue", "fee")
      need(o, "revenue", '"40 $bn/yr"')
      o.adopters = venture.number_or_rate(o.adopters, "adopters")
      return new_sale(o)
    end },
  { "compare", "the same capability sold by API or kept in-house",
    options = {
      { "sell", "", "the sale: a table such as { revenue = \"40 $bn/yr\", margin = \"72 %\" }",
        kind = "any" },
      { "keep", "", "the venture, its options, or a list of ventures", kind = "any" },
      { "leak", "", "the holders that selling makes, the venture going on among them: a number at "
        .. "once, or a rate per year; without it, selling ends the use in-house",
        range = "not negative" },
      { "release", "", "when selling begins: a time from the start of the horizon, a date, or the "
        .. "number of a period", kind = "any", default = "0 yr" },
      { "discount", "", "the annual rate at which profits are discounted", kind = "rate",
        default = "10 %/yr" },
      clock.timing,
    },
    example = example_compare .. "print(c:break_even_edge())", result = "10.101 %\n",
    call = function(o)
      need(o, "sell", '{ revenue = "40 $bn/yr", margin = "72 %" }')
      need(o, "keep", 'internal.venture { pool = "200 $bn/yr", edge = "25 %" }')
      o.sale, o.ventures = sale_of(o.sell), ventures_of(o.keep)
      if o.leak and o.sale.adopters then fail "leak and adopters of sell are the same: give one" end
      o.leak = venture.number_or_rate(o.leak, "leak") or o.sale.adopters
      return new_comparison(compare.new(o))
    end },
})

return internal
