-- Segments of free and paying users, how something spreads among them, and what a user is worth.
local adoption = require "market/adoption"
local economics = require "market/economics"
local model = require "market/segment"
local types = require "market/segments"
local amounts = require "shared/amounts"
local tables = require "shared/tables"

local segment_options = {
  { "name", "", "its name in messages and in market.segments", kind = "text" },
  { "users", "", "users, seats or requests, or a plain number of users, that are there at the "
    .. "start; or how many in each period, as a series: market.bass, market.logistic",
    required = true, range = "not negative" },
  { "growth", "", "growth of the number of users, as in \"40 %/yr\"; the first period has users" },
  { "adds", "", "users who join, as in \"3 M users/mo\"; they come as free users where there is a "
    .. "conversion", range = "not negative" },
  { "paying", "", "the share of users who pay, or how many; with a conversion, at the start; all "
    .. "where nothing is said, none where there is a conversion", range = "not negative" },
  { "payers", "", "the same as paying", range = "not negative" },
  { "free", "1", "the share of users who do not pay, instead of paying", range = "share" },
  { "conversion", "", "free users who begin to pay, as in \"1 %/mo\"", range = "not negative" },
  { "churn", "", "users who leave, as in \"3 %/mo\": compounds in the unit it is written in",
    range = "not negative" },
  { "free_churn", "", "free users who leave; by default churn", range = "not negative" },
  { "paying_churn", "", "paying users who leave; by default churn", range = "not negative" },
  { "payer_churn", "", "the same as paying_churn", range = "not negative" },
  { "arpu", "", "revenue per paying user, as in \"20 $/user/mo\" or \"20 $/mo\"" },
  { "arpu_growth", "", "growth of arpu, as in \"10 %/yr\"" },
  { "free_arpu", "", "revenue per free user, as from advertising; none where it is left out" },
  { "usage", "", "tokens of a paying user, as in \"2 Mtok/user/mo\"", range = "not negative" },
  { "free_usage", "", "tokens of a free user, or its use as a part of a paying user's",
    default = "1", range = "not negative" },
  { "usage_growth", "", "growth of what each user does, as in \"20 %/yr\"" },
  { "context_growth", "", "growth of the tokens that each use takes: longer contexts, reasoning" },
  { "cost", "", "of serving: per token, as in \"3 $/Mtok\", or per paying user and time",
    range = "not negative" },
  { "free_cost", "", "of serving a free user, per time; by default as its use is to a paying one's",
    range = "not negative" },
}

local function new_segment(o) return types.new_segment(model.new(o)) end

local market -- the module, whose market.segment checks what market.segments is given

-- A segment as it is, or one made of a table of options.
local function segment_of(given, name)
  if state_of(given, "segment") then return given end
  if type(given) ~= "table" then
    fail("%s must be a segment, or a table of what market.segment takes, not %s", name,
         tostring(given))
  end
  return market.segment(tables.with({ name = name }, given))
end

local function new_segments(given)
  if type(given) ~= "table" then
    fail "it takes a table of segments, as in { consumer = chat, business = { users = ... } }"
  end
  local members, names, seen = {}, {}, {}
  for key, entry in pairs(given) do
    local object = segment_of(entry, type(key) == "string" and key or nil)
    local state = state_of(object, "segment")
    local name = type(key) == "string" and key or state.given_name or tostring(key)
    if seen[name] then fail("there are two segments with the name \"%s\"", name) end
    seen[name] = true
    members[#members + 1] = { name = name, object = object, state = state }
    names[#names + 1] = name
  end
  if #members == 0 then fail "there must be one segment at least" end
  return types.new_segments { members = members, names = names }
end

local function free_per_payer(share)
  return amounts.ratio(share, 1 - share)
end

-- The part of the revenue of those who were there at the start that there still is, and expansion:
-- both of one period.
local function net_retention(o)
  return amounts.ratio(o.start + o.expansion - o.contraction - o.churned, o.start)
end

local function quick_ratio(o)
  return amounts.times(o.new + o.expansion, o.contraction + o.churned)
end

local size = { "size", "", "how many will adopt in the end; may grow over the periods",
               required = true, range = "not negative" }
local at_time = { "at", "yr", "a time after the start, for one value instead of a series",
                  kind = "scalar", range = "not negative" }
local churn = { "churn", "", "those who leave, as in \"5 %/mo\"", kind = "scalar",
                required = true, range = "not negative" }
local arpu = { "arpu", "", "revenue per paying user, as in \"50 $/user/mo\"", required = true }
local margin = { "margin", "1", "the gross margin on it", default = "1" }

local function money(name, doc, required)
  return { name, "", doc, required = required, default = not required and "0" or nil }
end

local doc = "Segments of free and paying users, adoption, and what a user is worth."

market = module("market", doc, {
  { "segment", "free and paying users of one kind, period by period; a rate compounds in the unit "
    .. "that it is written in", options = segment_options,
    example = [[horizon { from = "2026-01", periods = 24 }
local s = market.segment { users = "10 M users", adds = "1 M users/mo", conversion = "1 %/mo",
  churn = "3 %/mo", free_churn = "4 %/mo", arpu = "20 $/user/mo" }; print(s:paying())]],
    result = "2026-01: 0.1 M users ... 2027-12: 2.51008 M users\n", call = new_segment },
  { "segments", "several segments, by name, and their sum: each one a segment, or a table of what "
    .. "market.segment takes",
    usage = "market.segments { NAME = segment, NAME = { users = }, ... }",
    takes = { { "segments", "", "segments by name", kind = "any" } },
    example = [[print(market.segments { consumer = { users = "900 M users" },
  business = { users = "9 M users" } }:users())]],
    result = "909 M users\n", call = new_segments },
  { "bass", "the adopters of each period by the model of Bass, at its end: innovators, and "
    .. "imitators who follow those who have adopted", options = {
      size,
      { "innovation", "", "coefficient p of those who adopt by themselves, per year; 3 % unless "
        .. "given", kind = "rate", range = "not negative" },
      { "imitation", "", "coefficient q of those who follow others, per year; 38 % unless given",
        kind = "rate", range = "not negative" },
      { "p", "", "the same as innovation", kind = "rate", range = "not negative" },
      { "q", "", "the same as imitation", kind = "rate", range = "not negative" },
      { "start", "", "who has adopted at the start", kind = "scalar", default = "0",
        range = "not negative" },
      { "launch", "yr", "the time from the start until it spreads", kind = "scalar",
        default = "0 yr", range = "not negative" },
      { "method", "", "exact, whatever the length of the periods, or the textbook's discrete step",
        kind = "word", words = { "exact", "discrete" }, default = "exact" },
      at_time,
    },
    example = [[print(market.bass { size = "1000 users", p = 0.03, q = 0.38, at = "5 yr" })]],
    result = "331.199 users\n", call = adoption.bass },
  { "logistic", "the adopters of each period on an S-shaped curve, at its end", options = {
      size,
      { "growth", "", "how fast it spreads at first, per year (a continuous rate)", kind = "rate" },
      { "midpoint", "yr", "when half have adopted", kind = "scalar" },
      { "start", "", "who has adopted at the start", kind = "scalar", range = "not negative" },
      at_time,
    },
    example = [[print(market.logistic { size = "100 users", growth = "120 %/yr", midpoint = "3 yr",
  at = "5 yr" })]],
    result = "91.6827 users\n", call = adoption.logistic },
  { "cohort", "how many of those who join are active, by a churn or by the parts that are active "
    .. "as they join, a period after, and so on; after its end churn leaves", options = {
      { "adds", "", "who joins, as in \"100 users/mo\"", required = true, range = "not negative" },
      { "churn", "", "those who leave, as in \"5 %/mo\"", range = "not negative" },
      { "retention", "", "a list such as { 1, 0.7, 0.6 }", kind = "any" },
      { "start", "", "who is active at the start", kind = "scalar", default = "0",
        range = "not negative" },
    },
    example = [[horizon { from = "2026-01", periods = 12 }
print(market.cohort { adds = "100 users/mo", churn = "5 %/mo" }[12])]],
    result = "919.28 users\n", call = economics.cohort },
  { "retention", "the part of users who are still there after a time",
    takes = { churn, { "time", "yr", "the time" } },
    example = [[print(market.retention("5 %/mo", "12 mo"))]], result = "0.54036\n",
    call = economics.retention },
  { "ltv", "what a user is worth over the time that it stays: arpu times margin over churn, or "
    .. "discounted", options = {
      arpu, margin, churn,
      { "discount", "", "the annual rate at which what comes later is discounted", kind = "rate",
        default = "0" },
      { "timing", "", "paid at the start or at the end of each unit of time of churn",
        kind = "word", words = { "start", "end" }, default = "start" },
    },
    example = [[print(market.ltv { arpu = "50 $/user/mo", margin = "70 %", churn = "5 %/mo" })]],
    result = "700 $/user\n", call = economics.ltv },
  { "payback", "the time in which a customer brings back what it cost to win it", options = {
      { "cac", "", "what it costs to win a customer, as in \"200 $/user\"", required = true },
      arpu, margin,
    },
    example = [[print(market.payback { cac = "200 $/user", arpu = "50 $/user/mo",
  margin = "70 %" })]],
    result = "5.71429 mo\n", call = economics.payback },
  { "free_per_payer", "how many free users each paying user carries",
    takes = { { "share", "1", "the share of users who are free", range = "share" } },
    example = [[print(market.free_per_payer "95 %")]], result = "19\n", call = free_per_payer },
  { "net_retention", "revenue that those who were there at the start bring now, over what they "
    .. "brought", options = {
      money("start", "their revenue at the start", true), money("expansion", "what they buy more"),
      money("contraction", "what they buy less"), money("churned", "what left with those who left"),
    },
    example = [[print(market.net_retention { start = "100 $M", expansion = "15 $M",
  churned = "5 $M" })]],
    result = "1.1\n", call = net_retention },
  { "quick_ratio", "revenue won over revenue lost", options = {
      money("new", "revenue of new customers", true), money("expansion", "what others buy more"),
      money("contraction", "what they buy less"),
      money("churned", "what left with those who left", true),
    },
    example = [[print(market.quick_ratio { new = "30 $M", expansion = "10 $M",
  churned = "10 $M" })]],
    result = "4\n", call = quick_ratio },
})

return market
