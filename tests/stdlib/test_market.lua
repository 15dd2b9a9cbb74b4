-- The module market: segments of free and paying users, period by period.
local check = require "check"

horizon { from = "2026-01", periods = 24 }

-- --- Churn compounds in the unit that it is written in.

local cohort = market.segment { users = "1000 users", churn = "5 %/mo" }
check.equal(cohort:users(0), "1000 users")
check.equal(cohort:users(12), 1000 * 0.95 ^ 12 .. " users")
check.equal(cohort:churned(1), "50 users")
check.equal(market.segment { users = "1000 users", churn = "20 %/yr" }:users(12), "800 users")
check.equal(market.segment { users = "1000 users", churn = 0.2 }:users(12), "800 users")
check.equal(market.segment { users = "1000 users", churn = "100 %/mo" }:users(1), 0)
check.equal(market.segment { users = "1000 users" }:users(24), "1000 users")
check.equal(market.segment { users = "1000 users", churn = 0 }:users(24), "1000 users")
check.equal(market.segment { users = "1000 users", growth = "10 %/mo" }:users(13),
            1000 * 1.1 ^ 12 .. " users")
check.equal(market.segment { users = "1000 users", growth = "21 %/yr" }:users(13), "1210 users")
check.equal(market.segment { users = "1000 users", growth = "21 %/yr" }:users(1), "1000 users")

-- Of 100 a month, 919.28 are there after a year; adds over churn in the end, 2,000, or 3,333 at 3 %.
local joining = market.segment { users = "0 users", adds = "100 users/mo", churn = "5 %/mo" }
check.equal(joining:users(12), "919.2798246896 users", "1e-6 users")
check.equal(joining:adds(3), "100 users")
for _, churn in ipairs { 0.05, 0.03 } do
  local steady = market.segment { users = 100 / churn .. " users", adds = "100 users/mo",
                                  churn = churn * 100 .. " %/mo" }
  check.equal(steady:users(24), 100 / churn .. " users")
end

-- --- Free users who begin to pay.

-- 10M free users join a month, 1 % convert and 4 % leave; payers leave at 3 %: 200M and 66.67M.
local freemium = market.segment { users = "266.66666666666667 M users",
                                  paying = "66.66666666666667 M users",
  adds = "10 M users/mo", conversion = "1 %/mo", free_churn = "4 %/mo", paying_churn = "3 %/mo" }
check.equal(freemium:free(24), "200 M users")
check.equal(freemium:paying(24), "66.66666666666667 M users")
check.equal(freemium:converted(5), "2 M users")
check.equal(freemium:churned(5), "10 M users")

-- Rates of two units: 1 %/mo and 20 %/yr, which is 1 - 0.8^(1/12) a month.
local mixed = market.segment { users = "1000 users", conversion = "1 %/mo", free_churn = "20 %/yr" }
local monthly = 1 - 0.8 ^ (1 / 12)
check.equal(mixed:free(1), 1000 * (1 - 0.01 - monthly) .. " users")
check.equal(mixed:converted(1), "10 users")
check.equal(mixed:paying(1), "10 users")

-- Everybody leaves or converts at once.
local all = market.segment { users = "1000 users", conversion = "80 %/mo", free_churn = "80 %/mo",
                             paying_churn = 0 }
check.equal(all:free(1), 0)
check.equal(all:paying(1), "500 users")

-- With a share at the start, and users given for each period.
local path = market.segment { users = "1000 users", growth = "10 %/mo", paying = "5 %",
                              conversion = "2 %/mo", churn = "3 %/mo" }
check.equal(path:paying(0), "50 users")
check.equal(path:paying(1), 50 * 0.97 + 950 * 0.02 .. " users")
check.equal(path:users(2), "1100 users")
check.equal(path:adds(2), path:users(2) - path:users(1) + path:churned(2))

-- --- A path that a script fills as it goes.

local filled = series("users", { [0] = "100 users" })
local s = market.segment { users = filled, paying = "10 %", arpu = "10 $/user/mo" }
for t in periods() do filled[t] = s:users(t - 1) + "10 users" end
check.equal(s:users(24), "340 users")
check.equal(s:adds(24), "10 users")
check.equal(s:revenue(24), "340 $/mo")

local fixed = market.segment { users = "100 users", paying = series("1",
  function(t) return t / 100 end) }
check.equal(fixed:paying(7), "7 users")
check.equal(fixed:free_per_payer(50 // 10), "19")

-- --- What users bring in and use. 900M users of whom 5 % pay, and 8.4 $bn a year of inference.

local chat = market.segment { users = "900 M users", free = "95 %", arpu = "20 $/user/mo",
  usage = "2 Mtok/user/mo", free_usage = 0.2, cost = "3 $/Mtok" }
check.equal(chat:free_per_payer(1), "19")
check.equal(chat:revenue(1), "10.8 $bn/yr")
check.equal(chat:arpu(1), "1 $/user/mo")
check.equal(chat:arppu(1), "20 $/user/mo")
check.equal(chat:tokens(1), 45e6 * 2 + 855e6 * 0.4 .. " Mtok/mo")
check.equal(chat:cost(1), 3 * (45e6 * 2 + 855e6 * 0.4) .. " $/mo")
check.equal(chat:gross_margin(1), 1 - 3 * (45e6 * 2 + 855e6 * 0.4) / 900e6)
check.equal(chat:gross_profit(1), chat:revenue(1) - chat:cost(1))

-- Free users' part of the cost, where one uses r of what a payer does: 7.98, 6.65, 4.09 of 8.4.
for _, r in ipairs { 1, 0.2, 0.05 } do
  local total, part = 900e6 * (0.05 + 0.95 * r), 0.95 * r / (0.95 * r + 0.05)
  local served = market.segment { users = "900 M users", paying = "5 %", free_usage = r,
                                  cost = 8.4e9 / total .. " $/user/yr" }
  check.equal(served:cost(1), "8.4 $bn/yr")
  check.equal(served:free_cost(1), 8.4 * part .. " $bn/yr")
  if r == 1 then
    check.equal(served:required_arpu():as "$/user/mo"[1], "15.555555555555556 $/user/mo")
    check.equal(served:required_arpu("60 %", 1), "38.888888888888889 $/user/mo")
  end
end

-- 10,000 users of whom 3 % pay 20 $: revenue 6,000; the free ones cost 0.5 $ each: 4,850.
local burden = market.segment { users = "10000 users", paying = "3 %", arpu = "20 $/user/mo",
                                cost = 0, free_cost = "0.5 $/user/mo" }
check.equal(burden:revenue(1), "6000 $/mo")
check.equal(burden:cost(1), "4850 $/mo")
check.equal(burden:free_cost(1), "4850 $/mo")

-- 50,000 monthly users: half a point of conversion at 29 $ is 87,000 $ a year.
check.equal(market.segment { users = "50000 users", paying = "0.5 %",
                             arpu = "29 $/user/mo" }:revenue(1),
            "87000 $/yr")

-- Tokens double and their cost falls to a third: cost per user x 2/3 a year.
local context = market.segment { users = "1 M users", usage = "1 Mtok/user/mo",
  context_growth = "100 %/yr", cost = series("$/Mtok", function(t) return q "9 $/Mtok" * 3 ^ (-(t
    - 1) / 12) end) }
check.equal(context:cost(13) / context:cost(1), 2 / 3)
check.equal(context:cost(1), "9 $M/mo")

-- Growth of what they pay and use; advertising.
local grown = market.segment { users = "1 M users", paying = "10 %", arpu = "10 $/user/mo",
  arpu_growth = "1 %/mo", free_arpu = "1 $/user/mo", usage = "1 Mtok/user/mo",
    usage_growth = "2 %/mo",
  free_usage = "0.1 Mtok/user/mo" }
check.equal(grown:revenue(2), 1e6 * 0.1 * 10.1 + 0.9e6 .. " $/mo")
check.equal(grown:tokens(3), (0.1e6 + 0.9e6 * 0.1) * 1.02 ^ 2 .. " Mtok/mo")
check.equal(grown:free_tokens(1), 0.9e5 .. " Mtok/mo")

-- Seats instead of users, and prices that follow.
check.equal(market.segment { users = "10 k seats", arpu = "100 $/seat/mo" }:revenue(1), "1 $M/mo")

-- LTV 700 $: 50 $ less 15 $ of cost a month, over 5 %.
check.equal(market.segment { users = "1 users", arpu = "50 $/user/mo", cost = "15 $/user/mo",
                             churn = "5 %/mo" }:ltv(1), "700 $/user")

-- --- Identities in every sample, whatever is uncertain.

local u = assume { users = "1 to 2 M users", adds = "50 to 200 k users/mo", conv = "1 to 3 %/mo",
  churn = "2 to 6 %/mo", out = "10 to 30 %/yr", arpu = "10 to 30 $/user/mo", pay = "3 to 8 %",
  usage = "1 to 3 Mtok/user/mo", free = "10 to 30 %", cost = "1 to 3 $/Mtok" }
local random = market.segment { users = u.users, adds = u.adds, conversion = u.conv,
                                churn = u.churn,
  free_churn = u.out, arpu = u.arpu, paying = u.pay, usage = u.usage, free_usage = u.free,
    cost = u.cost }
check.same(random:users(), random:free() + random:paying())
check.same(random:revenue(), random:paying() * u.arpu)
check.same(random:gross_profit() + random:cost(), random:revenue())
check.same(random:users() - random:users():lag(1, u.users), random:adds() - random:churned(), 1e-6)
check.always(random:free():at_least(0) & random:paying():at_least(0))
check.same(random:arpu() * random:users(), random:revenue())
check.varies(random:gross_margin(24))

-- --- Together.

local business = market.segment { name = "business", users = "9 M seats", arpu = "50 $/seat/mo" }
check.fails("unit", function() return market.segments { chat = chat,
                                                        business = business }:users(1) end)
local both = market.segments { chat = random, business = { users = "9 k users",
                                                           arpu = "50 $/user/mo",
                                                            usage = "5 Mtok/user/mo",
                                                              cost = "2 $/Mtok" } }
check.same(both:revenue(), random:revenue() + both:segment "business":revenue())
check.same(both:tokens(), random:tokens() + "45000 Mtok/mo")
check.same(both:share("chat") + both:share("business"), series("1", 1))
check.same(both:arpu(3), both:revenue(3) / both:users(3))
check.equal(market.segments { business, { users = "1 M seats" } }:users(1), "10 M seats")
local unnamed = market.segments { { users = "1 M seats" }, { users = "2 M seats" } }
check.equal(unnamed:segment "2":users(1), "2 M seats")

-- Nobody pays more than once, whatever the share may be.
local most = market.segment { users = "1 M users", paying = "80 to 110 %" }
check.always(most:free(1):at_least(0) & most:paying(1):at_most "1 M users")
check.equal(market.segment { users = "1 M users", paying = "2 M users" }:free(1), 0)
local free_share = series "1"
local waiting = market.segment { users = "100 users", free = free_share }
free_share[1] = 0.8
check.equal(waiting:paying(1), "20 users")

-- --- A share or an average of nothing is 0, also in the one sample of many that has no users,
-- nobody who pays, or no revenue.

local some = assume("some", dist.bernoulli(0.5))
local empty = market.segment { users = "10 users" * some, arpu = "20 $/user/mo",
                               cost = "5 $/user/mo" }
local unpaid = market.segment { users = "10 users", paying = some * 0.5, arpu = "20 $/user/mo",
                                cost = "5 $/user/mo" }
for _, entry in ipairs { { empty:gross_margin(1), 0.75 }, { empty:arpu(1), "20 $/user/mo" },
                         { empty:arppu(1), "20 $/user/mo" }, { unpaid:free_per_payer(1), 1 },
                         { unpaid:arppu(1), "20 $/user/mo" },
                         { unpaid:gross_margin(1), 0.5 },
                         { unpaid:required_arpu(0, 1), "10 $/user/mo" } } do
  check.varies(entry[1])
  check.same(entry[1], when(some, entry[2], 0))
end
local none = market.segment { users = "0 users", arpu = "20 $/user/mo", cost = 0 }
for _, name in ipairs { "gross_margin", "arpu", "arppu", "free_per_payer" } do
  check.equal(none[name](none, 1), 0)
end
check.equal(none:required_arpu(0, 1), 0)
local maybe = market.segments { a = { users = "10 users" * some, arpu = "20 $/user/mo" },
                                b = { users = "30 users" * some, arpu = "20 $/user/mo" } }
check.same(maybe:share("a", 1), when(some, 0.25, 0))
check.same(maybe:arpu(1), when(some, "20 $/user/mo", 0))
check.equal(market.segment { users = "1 users", arpu = 0, churn = 0 }:ltv(1), 0)
check.equal(market.segment { users = "1 users", usage = 0, cost = "1 $/user/mo", paying = 0,
                             free_usage = "1 tok/user/mo" }:cost(1), 0)

-- --- Every option reaches the result; another unit is refused.

local base = { users = "1 M users", adds = "10 k users/mo", paying = "10 %", conversion = "1 %/mo",
  churn = "3 %/mo", free_churn = "4 %/mo", paying_churn = "2 %/mo", arpu = "20 $/user/mo",
  arpu_growth = "1 %/yr", free_arpu = "1 $/user/mo", usage = "1 Mtok/user/mo", free_usage = 0.2,
  usage_growth = "5 %/yr", context_growth = "20 %/yr", cost = "2 $/Mtok" }
local function profit(o)
  if o.churn ~= base.churn then o.free_churn = nil end
  return market.segment(o):gross_profit(6)
end
check.options(profit, base, { users = "1 to 2 M users", adds = "10 to 20 k users/mo",
                              paying = "5 to 10 %",
  conversion = "1 to 2 %/mo", churn = "1 to 3 %/mo", free_churn = "2 to 5 %/mo",
  paying_churn = "1 to 3 %/mo", arpu = "10 to 20 $/user/mo", arpu_growth = "1 to 2 %/yr",
  free_arpu = "1 to 2 $/user/mo", usage = "1 to 2 Mtok/user/mo", free_usage = "10 to 30 %",
  usage_growth = "5 to 9 %/yr", context_growth = "10 to 90 %/yr", cost = "1 to 2 $/Mtok",
  free_cost = "0.1 to 0.2 $/user/mo" })
check.options(function(o) return market.segment(o):free(3) end, { users = "100 users",
  free = "90 %" },
  { growth = "10 to 20 %/yr", free = "90 to 95 %" }, { users = "3" })

-- --- The natural variants: what users counts, revenue of one without saying of what, names.

for _, row in ipairs { { "100 users", "user" }, { "100 seats", "seat" },
                       { "100 requests", "request" }, { 100, "user" } } do
  for _, unit in ipairs { "$/mo", "$/" .. row[2] .. "/mo" } do
    local s = market.segment { users = row[1], arpu = "20 " .. unit, payers = 0.5,
      free_arpu = "2 " .. unit, cost = "3 $/" .. row[2] .. "/mo" }
    check.equal(s:revenue(1), "1100 $/mo")
    check.equal(s:arppu(1), "22 $/" .. row[2] .. "/mo")
    check.equal(s:required_arpu(0, 1), "4 $/" .. row[2] .. "/mo")
    check.equal(summary(s:gross_margin(1)).mean, 1 - 300 / 1100)
  end
end
check.equal(market.segment { users = 100, adds = "20 1/mo" }:users(2), "140 users")
check.equal(market.segment { users = series("1", 8), arpu = "2 $/mo" }:revenue(2), "16 $/mo")
check.equal(market.segment { users = "5 users", arpu = 0 }:revenue(1), "0 $/mo")
check.same(market.segment { users = "9 users", payer_churn = "5 %/mo" }:users(),
           market.segment { users = "9 users", paying_churn = "5 %/mo" }:users())
local by_name = market.segment("app", { users = "9 users" })
check.equal(by_name:users(1), "9 users")
check.fails("arpu of app is missing", function() by_name:revenue(1) end)

-- --- Mistakes.

local function segment(o) return function() return market.segment(o) end end
check.fails("users is missing", segment {})
check.fails("paying and free are two sides", segment { users = "1 users", paying = "5 %",
                                                       free = "95 %" })
check.fails("paying must be a share between 0 and 100 %", segment { users = "1 users",
  paying = "500 %" })
check.fails("churn must be a rate, as in 5 %/mo", segment { users = "1 users", churn = "5 GW" })
for _, name in ipairs { "churn", "paying_churn", "free_churn", "conversion" } do
  for _, wrong in ipairs { 5, "130 %/mo", "1300 %/yr", series("1/yr", "1300 %/yr") } do
    check.fails(name .. " must be the part that leaves", segment { users = "1 users",
      [name] = wrong })
  end
end
check.equal(market.segment { users = "8 users", churn = "1 1/mo" }:users(1), 0)
check.equal(market.segment { users = "8 users", churn = "100 %/yr" }:users(12), 0)
check.fails("margin must be a share up to 100 %", function() chat:required_arpu(60) end)
check.fails("churn must be 0 or more", segment { users = "1 users", churn = "-5 %/mo" })
for _, arpu in ipairs { "5 $/seat/mo", "5 $", "5 GW" } do
  check.fails("as in 20 $/user/mo, not in " .. arpu:sub(3), segment { users = "1 users",
    arpu = arpu })
end
check.fails("free_arpu must be money per time", segment { users = "1 users", free_arpu = "1 $" })
check.fails("cost must be", segment { users = "1 users", cost = "5 $/mo" })
check.fails("did you mean \"churn\"", segment { users = "1 users", chrun = "5 %/mo" })
check.fails("users must be users, seats, requests or a plain number", segment {
  users = "100 GW" })
check.fails("give paying or payers", segment { users = "1 users", paying = 1, payers = 1 })
check.fails("give paying_churn or payer_churn", segment { users = "1 users",
  paying_churn = "1 %/mo", payer_churn = "1 %/mo" })
check.fails("growth is for users that are one number", segment { users = filled,
  growth = "5 %/yr" })
check.fails("adds join a number of users", segment { users = filled, adds = "5 users/mo" })
check.fails("adds must say in what time", function()
  return market.segment { users = "1 users", adds = "5 users" }:users(1)
end)
check.fails("arpu of chat is missing", function()
  return market.segment { name = "chat", users = "1 users" }:revenue(1)
end)
check.fails("usage of the segment is missing", function() return market.segment {
  users = "1 users" }:tokens(1) end)
check.fails("cost of the segment is missing", function() return market.segment {
  users = "1 users" }:cost(1) end)
check.fails("churn is missing", function()
  return market.segment { users = "1 users", arpu = "1 $/user/mo" }:ltv(1)
end)
check.fails("t must be from 0 to 24", function() return cohort:users(25) end)
check.fails("no segment \"bank\"", function() return both:share "bank" end)
check.fails("two segments with the name \"business\"", function()
  return market.segments { business, business }
end)
check.fails("one segment at least", function() return market.segments {} end)
check.fails("must be a segment, or a table", function() return market.segments { a = 5 } end)
local ahead = series "users"
check.fails("has not been set", function() return market.segment { users = ahead }:users(1) end)

check.done()
