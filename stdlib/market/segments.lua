-- The types of a segment and of several together, as a part of the module `market`.
local model = require "market/segment"
local amounts = require "shared/amounts"
local over_time = require "shared/over_time"
local tables = require "shared/tables"

-- Without a horizon, a segment is what it is at the start.
local function in_periods(t, value) return over_time.answer(t, value, 0) end

local t = over_time.period

local function gross_profit(of, s, period)
  return of(s, "revenue", period) - of(s, "cost", period)
end

local function ratio_of(name, other)
  return function(of, s, period) return amounts.ratio(of(s, name, period), of(s, other, period)) end
end

-- Ratios of sums, for one segment and for several: of(s, name, t) is a measure of either.
local ratios = {
  gross_profit = gross_profit,
  gross_margin = function(of, s, period)
    return amounts.ratio(gross_profit(of, s, period), of(s, "revenue", period))
  end,
  arpu = ratio_of("revenue", "users"),
  arppu = ratio_of("revenue", "paying"),
  free_per_payer = ratio_of("free", "paying"),
}

local docs = {
  { "users", "how many users there are, free and paying" },
  { "free", "the users who pay nothing" },
  { "paying", "the users who pay" },
  { "adds", "who joins in the period; where users are given for each period, what makes them up" },
  { "churned", "who leaves in the period" },
  { "converted", "the free users who begin to pay in the period" },
  { "revenue", "what users pay, per time, and what free users bring in" },
  { "tokens", "what users use, per time" },
  { "free_tokens", "what free users use, per time" },
  { "cost", "what it costs to serve all users, per time" },
  { "free_cost", "what it costs to serve the free users, per time" },
  { "gross_profit", "revenue less the cost of serving" },
  { "gross_margin", "gross profit over revenue" },
  { "arpu", "revenue per user, free ones included" },
  { "arppu", "revenue per paying user" },
  { "free_per_payer", "how many free users each paying user carries" },
}

-- The methods of a type whose measures `of` knows, with examples for some.
local function methods_of(of, examples)
  local methods = {}
  for i, entry in ipairs(docs) do
    local name = entry[1]
    local ratio, example = ratios[name], examples[name] or {}
    methods[i] = {
      name, entry[2], takes = { t }, example = example[1], result = example[2],
      call = function(s, period)
        return in_periods(period, function(p)
          if ratio then return ratio(of, s, p) end
          return of(s, name, p)
        end)
      end,
    }
  end
  return methods
end

local function of_one(s, name, period) return model.measures[name](s, period) end

local function of_all(s, name, period)
  local sum
  for _, member in ipairs(s.members) do
    local value = of_one(member.state, name, period)
    sum = sum and sum + value or value
  end
  return sum
end

local chat = [[local s = market.segment { users = "900 M users", paying = "5 %",
  arpu = "20 $/user/mo", usage = "2 Mtok/user/mo", free_usage = 0.2, cost = "3 $/Mtok" }
print(]]

local segment_methods = methods_of(of_one, {
  users = { [[horizon { from = "2026-01", periods = 12 }
local s = market.segment { users = "1000 users", churn = "5 %/mo" }; print(s:users(12))]],
    "540.36 users\n" },
  free = { chat .. "s:free())", "855 M users\n" },
  paying = { chat .. "s:paying())", "45 M users\n" },
  revenue = { chat .. "s:revenue())", "10.8 $bn/yr\n" },
  tokens = { chat .. "s:tokens())", "5.184 Ptok/yr\n" },
  gross_margin = { chat .. "s:gross_margin())", "-0.44\n" },
  arpu = { chat .. "s:arpu():as \"$/user/mo\")", "1 $/user/mo\n" },
  free_per_payer = { chat .. "s:free_per_payer())", "19\n" },
})

local new_segment = class("segment", "Free and paying users of one kind. Shares and averages "
  .. "of nothing are 0.",
  tables.append(segment_methods, {
  { "required_arpu", "what a paying user must pay for a gross margin, by default for break-even",
    takes = { { "margin", "1", "the gross margin wanted", default = "0" }, t },
    example = chat .. "s:required_arpu \"60 %\":as \"$/user/mo\")", result = "72 $/user/mo\n",
    call = function(s, margin, period)
      amounts.check_share(margin, "margin")
      return in_periods(period, function(p)
        return model.alone.required_arpu(s, at(margin, p), p)
      end)
    end },
  { "ltv", "what a paying user leaves, after the cost of serving, over the time that it stays",
    takes = { t },
    example = [[print(market.segment { users = "1 M users", arpu = "50 $/user/mo",
  cost = "15 $/user/mo", churn = "5 %/mo" }:ltv())]],
    result = "700 $/user\n",
    call = function(s, period)
      return in_periods(period, function(p) return model.alone.ltv(s, p) end)
    end },
}))

local function find(s, name)
  for _, member in ipairs(s.members) do
    if member.name == name then return member end
  end
  tables.unknown("segment", name, s.names)
end

local two = [[local all = market.segments {
  consumer = { users = "900 M users", paying = "5 %", arpu = "20 $/user/mo" },
  business = { users = "9 M users", arpu = "50 $/user/mo" } }; print(]]

local name = { "name", "", "the name of a segment", kind = "text" }

local new_segments = class("segments", "Several segments, and their sum. Shares and averages of "
  .. "nothing are 0.", tables.append(
  methods_of(of_all, {
    users = { two .. "all:users())", "909 M users\n" },
    revenue = { two .. "all:revenue())", "16.2 $bn/yr\n" },
  }), {
  { "share", "a segment's share of the revenue", takes = { name, t },
    example = two .. "all:share \"business\")", result = "0.333333\n",
    call = function(s, which, period)
      local state = find(s, which).state
      return in_periods(period, function(p)
        return amounts.ratio(of_one(state, "revenue", p), of_all(s, "revenue", p))
      end)
    end },
  { "segment", "the segment of that name", takes = { name },
    example = two .. "all:segment \"consumer\":free_per_payer())", result = "19\n",
    call = function(s, which) return find(s, which).object end },
}))

return { new_segment = new_segment, new_segments = new_segments }
