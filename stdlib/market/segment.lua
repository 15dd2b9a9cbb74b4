-- Segments of free and paying users, as a part of the module `market`. What a segment is in period
-- t is worked out when it is asked for and kept, so that it may depend on series that a script
-- fills period by period.
local amounts = require "shared/amounts"
local options = require "shared/options"
local rates = require "shared/rates"

local segment = {}

-- --- What a script gives.

-- What users counts: one of it, which a plain number of users leaves out.
local function counted(users)
  if has_unit(users, "1") then return q "1 user" end
  for _, unit in ipairs { "user", "seat", "request" } do
    if has_unit(users, unit) then return q("1 " .. unit) end
  end
  fail("users must be users, seats, requests or a plain number, as in 900 M users, not %s",
       tostring(users))
end

local function check_share(x, name)
  local share = x and has_unit(x, "1") and known(x)
  if share and not (share >= 0 and share <= 1) then
    fail("%s must be a share between 0 and 100 %%, not %s", name, tostring(x))
  end
end

local function check_combinations(o)
  if o.paying and o.free then fail "paying and free are two sides of one share: give one" end
  if o.growth and is_series(o.users) then
    fail "growth is for users that are one number: those of each period are given"
  end
  if o.adds and (o.growth or is_series(o.users)) then
    fail "adds join a number of users, who are given for each period here: leave one out"
  end
  check_share(o.paying, "paying")
  check_share(o.free, "free")
end

-- A quantity per user and time: of money, or of tokens.
local function per_user(x, one, unit, name)
  return x and in_unit(x, q("1 " .. unit) / one, name)
end

-- Revenue per user is of one by its name, so that the unit need not say it again.
local function revenue_per_user(x, one, name)
  if x == nil or has_unit(x, "$/yr") then return x end
  if known(x) == 0 then return in_unit(x, q "1 $/yr" / one, name) end
  if has_unit(x, "$/yr/" .. unit_of(one)) then return x end
  fail("%s must be money per time for one of what users counts, as in 20 $/%s/mo, not in %s", name,
       unit_of(one), unit_of(x))
end

local function read_levels(o, one)
  return {
    arpu = revenue_per_user(o.arpu, one, "arpu"),
    free_arpu = revenue_per_user(o.free_arpu, one, "free_arpu"),
    usage = per_user(o.usage, one, "tok/yr", "usage"),
    free_usage = has_unit(o.free_usage, "1") and o.free_usage
      or per_user(o.free_usage, one, "tok/yr", "free_usage"),
    cost = o.cost and (has_unit(o.cost, "$/tok") and o.cost
                       or per_user(o.cost, one, "$/yr", "cost")),
    free_cost = per_user(o.free_cost, one, "$/yr", "free_cost"),
  }
end

local growing = { "growth", "arpu_growth", "usage_growth", "context_growth" }
local leaving = { "conversion", "churn", "paying_churn", "free_churn" }

function segment.new(o)
  local one = counted(o.users)
  o.paying = options.either(o, "paying", "payers")
  o.paying_churn = options.either(o, "paying_churn", "payer_churn")
  check_combinations(o)
  local s = {
    name = o.name or "the segment", given_name = o.name, users = o.users, adds = o.adds, one = one,
    is_path = is_series(o.users) or o.growth ~= nil, share = o.paying, free_share = o.free,
    levels = read_levels(o, one), rates = {}, steps = {},
  }
  for _, name in ipairs(growing) do s.rates[name] = rates.read(o[name], name) end
  for _, name in ipairs(leaving) do s.rates[name] = rates.read_leaving(o[name], name) end
  s.rates.paying_churn = s.rates.paying_churn or s.rates.churn
  s.rates.free_churn = s.rates.free_churn or s.rates.churn
  return s
end

-- --- From period to period.

local function grown(s, name, t) return rates.grown(s.rates[name], t) end

-- A number of them: where it is a plain one, of users.
local function number_of(x)
  return has_unit(x, "1") and x * q "1 users" or x
end

local function given_users(s, t)
  if t == 0 and not has_value(s.users, 0) then t = 1 end
  return number_of(at(s.users, t)) * grown(s, "growth", t)
end

-- Those who pay where nothing converts: a share of all, or a number, all of them at most.
local function given_paying(s, users, t)
  local share = s.share or s.free_share
  if share == nil then return s.rates.conversion and users * 0 or users end
  if t == 0 and not has_value(share, 0) then t = 1 end
  share = at(share, t)
  if not has_unit(share, "1") then return min(in_unit(share, users, "paying"), users) end
  share = clamp(share, 0, 1)
  return users * (s.share and share or 1 - share)
end

local function opening(s)
  local users = given_users(s, 0)
  local paying = given_paying(s, users, 0)
  local none = users * 0
  return { users = users, paying = paying, free = users - paying, adds = none, churned = none,
           converted = none }
end

local function joining(s, users, t)
  if not s.adds then return users * 0 end
  return in_unit(number_of(rates.amount(s.adds, t, "adds")), users, "adds times the period")
end

-- Those who leave go first, those who join come at the end of the period. Where users are given
-- for each period, what joins is what makes them up.
local function next_step(s, before, t)
  local left, converted, lost = rates.exits(s.rates.conversion, s.rates.free_churn, t, dt)
  local kept = rates.survival(s.rates.paying_churn, t, dt)
  local step = {
    converted = before.free * converted,
    churned = before.free * lost + before.paying * (1 - kept),
  }
  if s.is_path then
    step.users = given_users(s, t)
    step.adds = step.users - before.users + step.churned
  else
    step.adds = joining(s, before.users, t)
    step.users = before.free * left + before.paying * kept + step.converted + step.adds
  end
  step.paying = s.rates.conversion and min(before.paying * kept + step.converted, step.users)
    or given_paying(s, step.users, t)
  step.free = step.users - step.paying
  return step
end

local function step_of(s, t)
  s.steps[0] = s.steps[0] or opening(s)
  for i = #s.steps + 1, t do s.steps[i] = next_step(s, s.steps[i - 1], i) end
  return s.steps[t]
end

-- --- What is asked, in period t.

local function needed(s, name, what)
  return s.levels[name] or fail("%s of %s is missing: %s", name, s.name, what)
end

local measures = {}

for _, name in ipairs { "users", "free", "paying", "adds", "churned", "converted" } do
  measures[name] = function(s, t) return step_of(s, t)[name] end
end

-- What one pays: per user, even where its unit does not say so.
local function paid(s, x)
  return has_unit(x, "$/yr") and x / s.one or x
end

local function arpu(s, t)
  local x = needed(s, "arpu", "what a paying user pays, as in arpu = \"20 $/user/mo\"")
  return paid(s, at(x, t)) * grown(s, "arpu_growth", t)
end

local function free_revenue(s, t)
  return step_of(s, t).free * paid(s, at(s.levels.free_arpu, t))
end

function measures.revenue(s, t)
  local revenue = step_of(s, t).paying * arpu(s, t)
  if not s.levels.free_arpu then return revenue end
  return revenue + free_revenue(s, t)
end

local function usage(s, t)
  local x = needed(s, "usage", "the tokens of a paying user, as in usage = \"2 Mtok/user/mo\"")
  return at(x, t) * grown(s, "usage_growth", t) * grown(s, "context_growth", t)
end

-- A free user's use, which is a part of a paying user's or grows with it.
local function free_usage(s, t)
  local x = at(s.levels.free_usage, t)
  if has_unit(x, "1") then return usage(s, t) * x end
  return x * grown(s, "usage_growth", t) * grown(s, "context_growth", t)
end

function measures.free_tokens(s, t) return step_of(s, t).free * free_usage(s, t) end

function measures.tokens(s, t)
  return step_of(s, t).paying * usage(s, t) + measures.free_tokens(s, t)
end

-- What it costs to serve a paying user, and a free one.
local function user_cost(s, t)
  local cost = at(needed(s, "cost", "of serving, as in \"3 $/Mtok\" or \"4 $/user/mo\""), t)
  return has_unit(cost, "$/tok") and cost * usage(s, t) or cost
end

local function free_user_cost(s, t)
  if s.levels.free_cost then return at(s.levels.free_cost, t) end
  local cost = at(needed(s, "cost", "of serving, as in \"3 $/Mtok\" or \"4 $/user/mo\""), t)
  if has_unit(cost, "$/tok") then return cost * free_usage(s, t) end
  local part = at(s.levels.free_usage, t)
  return cost * (has_unit(part, "1") and part or amounts.ratio(free_usage(s, t), usage(s, t)))
end

function measures.free_cost(s, t) return step_of(s, t).free * free_user_cost(s, t) end

function measures.cost(s, t)
  return step_of(s, t).paying * user_cost(s, t) + measures.free_cost(s, t)
end

-- --- Of one segment alone.

local alone = {}

-- The price for which cost is 1 - margin of revenue; 0 where nobody pays.
function alone.required_arpu(s, margin, t)
  local step, revenue = step_of(s, t), measures.cost(s, t) / (1 - margin)
  if s.levels.free_arpu then revenue = revenue - free_revenue(s, t) end
  local x = amounts.ratio(revenue, step.paying)
  local given = s.levels.arpu
  if not given then return x end
  return x:as(has_unit(given, "$/yr") and unit_of(given) .. "/" .. unit_of(s.one) or unit_of(given))
end

-- What a paying user leaves over the time that it stays.
function alone.ltv(s, t)
  local churn = s.rates.paying_churn
  if not churn then fail "churn is missing: without it a user stays for ever" end
  local profit = arpu(s, t)
  if s.levels.cost then profit = profit - user_cost(s, t) end
  return amounts.times(profit * churn.per, rates.part_leaving(churn, t))
end

segment.measures, segment.alone = measures, alone

return segment
