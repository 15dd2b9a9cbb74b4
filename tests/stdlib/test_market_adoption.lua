-- The module market: adoption curves, cohorts and what a user is worth.
local check = require "check"

horizon { from = "2026", periods = 20 }

-- --- Bass: p 0.03, q 0.38, 1000 adopters in the end; exactly, and by the textbook's steps.

local exact = { 35.758, 85.056, 150.500, 233.150, 331.199, 439.235, 549.010, 651.738, 740.727,
                812.803 }
local steps = { 30, 40.158, 52.685, 67.261, 82.803, 97.216, 107.486, 110.481, 104.409, 90.144 }

local closed = market.bass { size = "1000 users", innovation = 0.03, imitation = 0.38 }
local discrete = market.bass { size = "1000 users", p = 0.03, q = 0.38, method = "discrete" }
for t = 1, 10 do
  check.equal(closed[t], exact[t] .. " users", "0.0006 users")
  check.equal(discrete:diff()[t], steps[t] .. " users", "0.0006 users")
  check.equal(market.bass { size = "1000 users", p = "3 %/yr", q = "38 %/yr", at = t .. " yr" },
              closed[t])
end
check.equal(closed[0], 0)
check.equal(discrete[10], "782.643 users", "0.001 users")
check.equal(market.bass { size = "1000 users" }[5], closed[5])
check.equal(market.bass { size = "1000 users", start = "100 users", at = "1 yr" }, "169.7858 users",
            "0.0001 users")

-- Four quarters and a year are the same, from any start and with a potential that has grown.
local quarter = market.bass { size = "1000 users", at = "0.25 yr" }
for _ = 2, 20 do quarter = market.bass { size = "1000 users", start = quarter, at = "0.25 yr" } end
check.equal(quarter, "331.1986 users", "0.0001 users")

-- A published exercise: p 0.0626032, q 0.73766359, M 10.5036768, 7.62 sold; the next three years.
local sold = market.bass { size = "10.5036768 M users", p = 0.0626032, q = 0.73766359,
                           start = "7.62 M users", method = "discrete" }
for t, adds in ipairs { 1.723714, 0.833785, 0.253557 } do
  check.equal(sold:diff()[t], adds .. " M users", "2e-6 M users")
end

-- p 0.0045, q 0.35, 5M: the discrete peak is in period 15 with 0.4479M.
local slow = market.bass { size = "5 M users", p = 0.0045, q = 0.35, method = "discrete" }:diff()
check.equal(slow[15], "0.4479 M users", "0.00005 M users")
check.always((slow[15] - slow[14]):above(0) & (slow[15] - slow[16]):above(0))

-- Edges: nobody begins, all have, none ever will.
check.equal(market.bass { size = "1000 users", p = 0, at = "9 yr" }, 0)
check.equal(market.bass { size = "1000 users", start = "1000 users", at = "9 yr" }, "1000 users")
check.equal(market.bass { size = "1000 users", p = 0, q = 0, start = "5 users", at = "9 yr" },
            "5 users")
check.equal(market.bass { size = "1000 users", at = "0 yr" }, 0)
check.equal(market.bass { size = "1000 users", p = 500, at = "90 yr" }, "1000 users")
check.equal(market.bass { size = "1000 users", launch = "2 yr" }[2], 0)
check.equal(market.bass { size = "1000 users", launch = "2.5 yr" }[5],
            market.bass { size = "1000 users", at = "2.5 yr" })
check.equal(market.bass { size = "1000 users", launch = "2.5 yr", at = "5 yr" },
            market.bass { size = "1000 users", at = "2.5 yr" })

local a = assume { size = "800 to 1200 users", p = "1 to 5 %/yr", q = "20 to 60 %/yr",
                   start = "0 to 50 users", launch = "0 to 3 yr" }
for _, method in ipairs { "exact", "discrete" } do
  local curve = market.bass { size = a.size, p = a.p, q = a.q, start = clamp(a.start, 0,
    "60 users"),
                              launch = max(a.launch, 0), method = method }
  check.always(curve:diff():at_least "-1e-9 users")
  check.always(curve:at_most(a.size))
end
check.options(function(o) return market.bass(o)[6] end, { size = "1000 users" }, {
  innovation = "1 to 5 %/yr", imitation = "20 to 60 %/yr", p = "1 to 5 %/yr",
  q = "20 to 60 %/yr", start = "1 to 50 users", launch = "1 to 2 yr" })

-- --- Logistic: 100 in the end, growth 1.2, midpoint 3.

local s_curve = market.logistic { size = "100 users", growth = "120 %/yr", midpoint = "3 yr" }
for t, value in pairs { [0] = 2.660, [1] = 8.317, [3] = 50, [5] = 91.683 } do
  check.equal(s_curve[t], value .. " users", "0.0005 users")
  check.equal(market.logistic { size = "100 users", start = s_curve[0], growth = "120 %/yr" }[t],
              s_curve[t])
  check.equal(market.logistic { size = "100 users", start = s_curve[0], midpoint = "3 yr" }[t],
              s_curve[t])
  check.equal(market.logistic { size = "100 users", growth = "120 %/yr", midpoint = "3 yr",
                                at = t .. " yr" }, s_curve[t])
end
check.options(function(o) return market.logistic(o)[2] end,
  { size = "100 users", growth = "120 %/yr", midpoint = "3 yr" },
  { growth = "100 to 150 %/yr", midpoint = "2 to 4 yr" })
check.options(function(o) return market.logistic(o)[2] end, { size = "100 users",
  growth = "120 %/yr" },
  { start = "1 to 4 users" })

-- A curve feeds a segment.
local adopted = market.segment { users = closed, paying = "5 %", arpu = "20 $/user/mo" }
check.same(adopted:revenue(), closed * 0.05 * "20 $/user/mo")
check.same(adopted:adds(), closed:diff())

-- --- Cohorts. 1,000 a year, 20 % leave each year.

local kept = market.cohort { adds = "1000 users/yr", churn = "20 %/yr" }
check.equal(kept[3], 1000 * (1 + 0.8 + 0.64) .. " users")
local listed = market.cohort { adds = "1000 users/yr", retention = { 1, 0.8, 0.64 },
                               churn = "20 %/yr" }
check.same(listed, kept)
local flat = market.cohort { adds = "1000 users/yr", retention = { 1, 0.5 } }
check.equal(flat[4], 1000 * (1 + 0.5 * 3) .. " users")
check.equal(market.cohort { adds = 0 * q "1 user/yr", churn = "20 %/yr", start = "500 users" }[2],
            "320 users")
check.equal(market.cohort { adds = series("users", function(t) return q "10 users" * t end),
                            retention = { 1 }, churn = "100 %/yr" }[7], "70 users")
check.options(function(o) return market.cohort(o)[4] end, { adds = "1000 users/yr",
  churn = "20 %/yr" },
  { adds = "900 to 1100 users/yr", churn = "10 to 30 %/yr", start = "10 to 20 users" },
  { adds = "7 request" })

check.equal(market.retention("5 %/mo", "12 mo"), 0.95 ^ 12)
check.equal(market.retention("20 %/yr", "1 yr"), "80 %")
check.equal(market.retention("20 %/yr", 0), "100 %")

-- --- What a user is worth.

check.equal(market.ltv { arpu = "50 $/user/mo", margin = "70 %", churn = "5 %/mo" }, "700 $/user")
check.equal(market.ltv { arpu = "100 $/user/mo", margin = "80 %", churn = "5 %/mo" }, "1600 $/user")
check.equal(market.ltv { arpu = "2000 $/user/mo", margin = "60 %", churn = "0.5 %/mo" },
            "240000 $/user")
check.equal(market.ltv { arpu = "240 $/user/yr", churn = "20 %/yr" }, "1200 $/user")
local later = { arpu = "100 $/user/mo", margin = "80 %", churn = "5 %/mo", discount = "10 %/yr" }
check.equal(market.ltv(later), "1390.93 $/user", "0.005 $/user")
later.timing = "end"
check.equal(market.ltv(later), "1310.93 $/user", "0.005 $/user")
check.equal(market.ltv { arpu = "5 $/user/mo", churn = "100 %/mo" }, "5 $/user")
check.options(market.ltv, later, { margin = "70 to 90 %", churn = "4 to 6 %/mo",
                                   discount = "8 to 12 %/yr" })
check.varies(market.ltv { arpu = "90 to 110 $/user/mo", churn = "4 %/mo" })

check.equal(market.payback { cac = "200 $/user", arpu = "50 $/user/mo", margin = "70 %" },
            "5.714285714285714 mo")
check.equal(market.ltv { arpu = "50 $/user/mo", margin = "70 %", churn = "5 %/mo" } / "200 $/user",
            3.5)
check.is_true(summary(market.payback { cac = "200 $/user", arpu = 0
                                       * q "1 $/user/mo" }).mean == math.huge)
check.options(market.payback, { cac = "200 $/user", arpu = "50 $/user/mo" },
  { cac = "150 to 250 $/user", arpu = "40 to 60 $/user/mo", margin = "60 to 80 %" })
check.varies(market.bass { size = "800 to 1200 users", at = "5 yr" })
check.varies(market.logistic { size = "800 to 1200 users", midpoint = "3 yr", growth = 1,
                               at = "5 yr" })

-- What is worth nothing is 0, though nobody leaves; there are no averages of nothing.
local some = assume("some", dist.bernoulli(0.5))
check.equal(market.ltv { arpu = 0, churn = 0 }, 0)
check.same(market.free_per_payer(when(some, 0.5, 1)), when(some, 1, 0))
check.same(market.net_retention { start = some * "100 $", expansion = "10 $" }, when(some, 1.1, 0))
check.equal(market.quick_ratio { new = 0, churned = 0 }, 0)
check.is_true(summary(market.quick_ratio { new = "1 $", churned = 0 }).mean == math.huge)

-- Figures that cannot be: margins above the whole, more leaving than there are.
local paid = { arpu = "50 $/user/mo", margin = "70 %", churn = "5 %/mo" }
for name, cases in pairs {
  margin = { 70, "120 %", series("1", 70) }, churn = { 5, "130 %/mo", "500 %/yr" } } do
  for _, wrong in ipairs(cases) do
    local o = { arpu = paid.arpu, margin = paid.margin, churn = paid.churn }
    o[name] = wrong
    if not (name == "churn" and type(wrong) == "userdata") then
      check.fails(name .. " must be", function() market.ltv(o) end)
    end
  end
end
check.fails("margin must be a share up to 100 %", function()
  market.payback { cac = "1 $/user", arpu = "1 $/user/mo", margin = 70 }
end)
check.fails("churn must be the part that leaves", function() market.retention(5, "1 yr") end)
check.fails("churn must be the part that leaves", function()
  market.cohort { adds = "1 users/yr", churn = 5 }
end)
check.fails("[2] of retention: \"garbage\" is not a quantity", function()
  market.cohort { adds = "1 users/yr", retention = { 1, "garbage" } }
end)
check.equal(market.free_per_payer "95 %", 19)
check.equal(market.free_per_payer(0), 0)
check.equal(market.net_retention { start = "100 $M", expansion = "15 $M", contraction = "3 $M",
                                   churned = "5 $M" }, "107 %")
check.equal(market.quick_ratio { new = "30 $M", expansion = "10 $M", contraction = "3 $M",
                                 churned = "7 $M" }, 4)

check.equal(summary(market.net_retention { start = "100 $", expansion = "10 $" }).mean, 1.1)
check.equal(summary(market.retention("5 %/mo", "12 mo")).mean, 0.95 ^ 12)

-- --- Of nobody nobody adopts, whether the size is plain or an assumption.

local nobody = assume("nobody", "0 users")
for _, size in ipairs { q "0 users", nobody } do
  for _, x in ipairs {
    market.bass { size = size, start = "1 users" },
    market.bass { size = size, method = "discrete" },
    market.logistic { size = size, growth = 1, midpoint = "3 yr" },
    market.logistic { size = size, growth = 1, start = "1 users" },
    market.logistic { size = size, midpoint = "3 yr", start = "1 users" },
  } do
    for t in periods() do check.equal(x[t], 0) end
  end
  check.equal(market.bass { size = size, at = "3 yr" }, 0)
end
check.fails("size must be 0 or more", function() return market.bass { size = "-1 users" } end)

-- --- Mistakes.

check.fails("size is missing", function() return market.bass {} end)
check.fails("innovation and p are the same", function()
  return market.bass { size = "1 users", innovation = 0.1, p = 0.1 }
end)
check.fails("start must be users", function() return market.bass { size = "1 users",
  start = "1 $" } end)
check.fails("at is for the exact method", function()
  return market.bass { size = "1 users", method = "discrete", at = "1 yr" }
end)
check.fails("say when: midpoint", function() return market.logistic { size = "1 users",
  growth = 1 } end)
check.fails("growth is missing", function() return market.logistic { size = "1 users",
  midpoint = "1 yr" } end)
check.fails("one too many", function()
  return market.logistic { size = "9 users", start = "1 users", growth = 1, midpoint = "1 yr" }
end)
check.fails("start must be above 0", function()
  return market.logistic { size = "9 users", start = "0 users", growth = 1 }
end)
check.fails("churn is missing", function() return market.cohort { adds = "1 users/mo" } end)
check.fails("adds must say in what time", function()
  return market.cohort { adds = "1 users", churn = "5 %/mo" }
end)
check.fails("retention is empty", function()
  return market.cohort { adds = "1 users/mo", retention = {} }
end)

check.done()
