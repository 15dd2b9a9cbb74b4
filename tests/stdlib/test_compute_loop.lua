-- Fleets in a loop over quarters: orders that feed back, rent, service, allocation, mistakes.
local check = require "check"
horizon { from = "2026-Q1", to = "2030-Q4" }

-- A life of two years is eight quarters; a lead of a year is four.
local fleet = compute.fleet { life = "2 yr", capex = "38 $bn/GW" }
fleet:order(1, "1 GW")
check.equal(fleet:online(8), "1 GW")
check.equal(fleet:online(9), "0 GW")
check.equal(fleet:capex(1), "152 $bn/yr")
fleet = compute.fleet { lead = "12 mo" }
fleet:order(1, "1 GW")
check.equal(fleet:online(4), "0 GW")
check.equal(fleet:online(5), "1 GW")
fleet = compute.fleet { stages = { { share = 0.4, after = "12 mo" },
                                   { share = 0.3, after = "18 mo" },
                                   { share = 0.3, after = "24 mo" } } }
fleet:order(1, "1 GW")
for t, gw in ipairs { 0, 0, 0, 0, 0.4, 0.4, 0.7, 0.7, 1 } do
  check.equal(fleet:online(t), q "1 GW" * gw)
end

-- Orders that depend on what there is; what was read before an order was so then.
local built = compute.fleet { online = "1 GW", lead = "9 mo", capex = "40 $bn/GW", life = "10 yr" }
local demand, cash = grow("1 GW", "60 %/yr"), series("$bn", { [0] = "100 $bn" })
local bought = q "0 GW"
for t in periods() do
  local gw = max(demand[t] * 1.2 - built:online(math.min(t + 3, 20)), 0)
  built:order(t, gw)
  bought = bought + gw
  cash[t] = cash[t - 1] + ("2 $bn/yr" - built:capex(t) - built:cost(t)) * dt
end
for t = 4, 17 do check.always(built:online(t):at_least(demand[t - 3] * 1.2 - "1 W")) end
check.equal(built:capex():total(), bought * "40 $bn/GW")
check.equal(cash[20], q "110 $bn" - bought * "40 $bn/GW")

-- An order after its period's capacity was used arrives in the next, also with no lead.
local after = compute.fleet { online = "1 GW", capex = "40 $bn/GW" }
check.equal(after:serve(1, "3 GW"), "1 GW")
after:order(1, after:unmet(1))
check.equal(after:online(1), "1 GW")
check.equal(after:online(2), "3 GW")
check.equal(after:capex(1), "320 $bn/yr")
local before = compute.fleet { online = "1 GW" }
check.equal(before:online(1), "1 GW")
before:order(1, "1 GW")
check.equal(before:serve(1, "3 GW"), "2 GW")

-- What was asked cannot be changed.
check.fails("order:", function() after:order(1, "1 GW") end)
check.fails("change capex that was asked of period 1: order before it is asked, or in period 2",
            function() after:order(1, "1 GW") end)
check.fails("rent: what is rented in period 1 would change", function()
  after:rent(1, "1 GW", "12 $bn/GW/yr")
end)
local seen = compute.fleet {}
local _ = seen:cost(3)
check.fails("what is ordered in period 2 would change what was asked of period 3", function()
  seen:order(2, "1 GW")
end)
local shown = compute.fleet {}
_ = shown:online()
check.fails("would change", function() shown:order(3, "1 GW") end)
check.fails("revise: what is asked of period 3 would change", function() seen:revise(2, "3 yr") end)

-- Rent.
local rented = compute.fleet { online = "1 GW", opex = "1 $bn/GW/yr", pue = 1.2 }
rented:rent(1, "1 GW", "13.5 $bn/GW/yr")
rented:rent(2, "2 GW", "12 $bn/GW/yr", { term = "1 yr" })
rented:rent(3, "1 GW", "10 $bn/GW/yr", { to = 4 })
rented:rent(8, "1 GW", "12 $bn/GW/yr", { lead = "3 mo" })
check.equal(rented:rented(), { "1 GW", "2 GW", "3 GW", "3 GW", "2 GW", "0 GW", "0 GW", "0 GW",
                               "1 GW", "0 GW" })
check.equal(rented:online(3), "4 GW")
check.equal(rented:owned(3), "1 GW")
check.equal(rented:facility(3), "1.2 GW_facility")
check.equal(rented:cost(), { "14.5 $bn/yr", "25 $bn/yr", "35 $bn/yr", "35 $bn/yr", "25 $bn/yr",
                             "1 $bn/yr" })
local unsure = compute.fleet {}
unsure:rent(1, "1 GW", "12 $bn/GW/yr", { term = "6 to 24 mo" })
check.varies(unsure:cost(3))
check.same(unsure:cost():total() / "12 $bn/GW/yr", unsure:online():total())

-- Serving.
local function serve(unmet)
  local f = compute.fleet { online = "100 GW", unmet = unmet }
  local served = {}
  for t, gw in ipairs { 80, 120, 130, 90, 60 } do served[t] = f:serve(t, q "1 GW" * gw) end
  return f, served
end
local lost, got = serve "lost"
for t, gw in ipairs { 80, 100, 100, 90, 60 } do check.equal(got[t], q "1 GW" * gw) end
for t, gw in ipairs { 0, 20, 30, 0, 0, 0 } do check.equal(lost:unmet(t), q "1 GW" * gw) end
local queued
queued, got = serve "queued"
for t, gw in ipairs { 80, 100, 100, 100, 100 } do check.equal(got[t], q "1 GW" * gw) end
for t, gw in ipairs { 0, 20, 50, 40, 0, 0 } do check.equal(queued:backlog(t), q "1 GW" * gw) end
check.fails("demand that is not met is lost", function() return lost:backlog(1) end)
check.fails("periods are served in order", function()
  local f = compute.fleet { online = "1 GW", unmet = "queued" }
  f:serve(2, "1 GW")
  f:serve(1, "1 GW")
end)
local used = compute.fleet { online = "10 GW", utilisation = "60 %" }
check.equal(used:serve(1, "4 GW"), "4 GW")
check.equal(used:serve(1, "4 GW"), "2 GW")
check.equal(used:unmet(1), "2 GW")
check.equal(used:idle(1), "0 GW")
check.equal(used:idle(2), "6 GW")
check.equal(used:serve(3, 0), "0 GW")
check.equal(used:serve(4, "7200 MW"), "6 GW")
check.equal(compute.fleet {}:serve(1, "1 GW"), "0 GW")
check.equal(compute.fleet { online = "1 GW" }:serve(nil, grow("0.5 GW", "100 %/yr"))[20], "1 GW")
local short = compute.fleet { online = "1 to 2 GW", utilisation = "50 to 90 %" }
local asked = q "0.5 to 2 GW"
local some = short:serve(1, asked)
check.always(some:at_most(short:online(1)))
check.always(abs(some + short:unmet(1) - asked):below "1 W")
check.always(some:equals(asked) | short:idle(1):below "1 W")

-- Tokens, and vintages that serve more.
local tokens = compute.fleet { online = "1 GW", tokens = "1e16 tok/GW/yr", utilisation = 0.5 }
check.equal(tokens:tokens(1), "5e15 tok/yr")
check.equal(tokens:serve(1, "8e15 tok/yr"), "5e15 tok/yr")
check.equal(tokens:unmet(1), "3e15 tok/yr")
check.equal(tokens:serve(2, "4e15 tok/yr"), "4e15 tok/yr")
check.equal(tokens:idle(2), "0.1 GW")
local steady = compute.tokens { per_gw = "1e16 tok/GW/yr" }
local vintages = compute.fleet { online = "1 GW", tokens = steady,
                                 gain = "100 %/yr", life = "2 yr" }
vintages:order(5, "1 GW")
check.equal(vintages:tokens(5), "3e16 tok/yr")
check.equal(vintages:tokens(9), "2e16 tok/yr")
check.equal(vintages:tokens(14), "0 tok/yr")
check.equal(compute.fleet { online = "1 GW", tokens = compute.tokens {
  per_gw = "1e16 tok/GW/yr", gain = "300 %/yr" } }:tokens(5), "4e16 tok/yr")
check.fails("demand in tokens needs what a GW serves", function()
  compute.fleet { online = "1 GW" }:serve(1, "5 tok/s")
end)
check.fails("demand must be power", function() compute.fleet {}:serve(1, "5 $") end)

-- Allocation.
local wants = { inference = "0.6 GW", training = "0.5 GW", internal = "0.3 GW" }
local function allocate(w, priority, options)
  local f = compute.fleet(options or { online = "1 GW" })
  local granted = f:allocate(1, w, priority and { priority = priority })
  return granted, f
end
local g, f = allocate(wants)
check.equal(g.inference, q "0.6 GW" / 1.4)
check.equal(g.training, q "0.5 GW" / 1.4)
check.equal(g.internal, q "0.3 GW" / 1.4)
check.equal(g.idle, "0 GW")
check.equal(f:idle(1), "0 GW", "1 W")
g = allocate(wants, { "inference", "training", "internal" })
check.equal(g.inference, "0.6 GW")
check.equal(g.training, "0.4 GW")
check.equal(g.internal, "0 GW")
g = allocate(wants, { "internal" })
check.equal(g.internal, "0.3 GW")
check.equal(g.inference, q "0.7 GW" * (6 / 11))
g = allocate(wants, nil, { online = "2 GW", priority = { "training" } })
check.equal(g.inference + g.training + g.internal + g.idle, "2 GW")
check.equal(g.idle, "0.6 GW")
g = allocate { inference = "60 %", training = "rest" }
check.equal(g.inference, "0.6 GW")
check.equal(g.training, "0.4 GW")
g = allocate({ inference = 0, training = "0 GW" }, nil, {})
check.equal(g.inference, "0 GW")
g = allocate({}, nil)
check.equal(g.idle, "1 GW")
g, f = allocate({ inference = "0.2 to 1 GW", training = "0.2 to 1 GW", internal = "30 %" },
                nil, { online = "0.5 to 1 GW", utilisation = 0.9 })
local sum = g.inference + g.training + g.internal
check.same(sum + g.idle, f:online(1) * 0.9)
check.always(sum:at_most(f:online(1) * 0.9 * (1 + 1e-12)))
check.fails("the shares add up to 120 %", function() allocate { a = "60 %", b = "60 %" } end)
check.fails("only one use can have the rest", function() allocate { a = "rest", b = "rest" } end)
check.fails("inference must be power", function() allocate { inference = "3 $" } end)
check.fails("priority has \"trainning\", which wants nothing", function()
  allocate(wants, { "trainning" })
end)
check.fails("priority must be a list", function() compute.fleet { priority = "training" } end)
check.fails("what is wanted must be a table", function()
  compute.fleet {}:allocate(1, "1 GW")
end)

-- Mistakes.
local function refuses(text, options)
  check.fails(text, function() compute.fleet(options) end)
end
refuses("compute.fleet: online must be power", { online = "5 $" })
refuses("online must be 0 or more", { online = "-1 GW" })
refuses("capex must be money per power", { capex = "5 $bn" })
refuses("capex is a price at the meter: give pue", { capex = "30 $bn/GW_facility" })
refuses("capex.facility must be money per power",
        { capex = { it = "25 $bn/GW", facility = "5 yr" } })
refuses("life must be above 0", { life = "0 yr" })
refuses("life.it must be time", { life = { it = "5 GW" } })
refuses("life.facility is missing", { capex = { it = "25 $bn/GW", facility = "13 $bn/GW" },
                                      life = { it = "5 yr" } })
refuses("lead must be 0 or more", { lead = "-1 yr" })
refuses("utilisation must be a share", { utilisation = 80 })
refuses("power_price must be", { power_price = "5 $/GW" })
refuses("pay must be order, delivery or spread", { pay = "later" })
refuses("age must be time", { age = "5 GW" })
refuses("age = \"spread\" needs the life", { online = "1 GW", age = "spread" })
refuses("shares of the stages must add up to 100 %, not 90 %",
        { stages = { { share = 0.4, after = "1 yr" }, { share = 0.5, after = "2 yr" } } })
refuses("stages[1] lacks its after", { stages = { { share = 0.4 } } })
refuses("stages must be a whole number", { stages = 2.5 })
refuses("tokens must be", { tokens = "5 tok/GW" })
refuses("did you mean \"utilisation\"", { utilisatoin = 0.8 })
check.fails("gw must be 0 or more", function() compute.fleet {}:order(1, "-1 GW") end)
check.fails("gw must be power", function() compute.fleet {}:order(1, "1 $bn") end)
check.fails("t must be a period from 0 to 20, or its label, as in \"2030-Q4\", not 21",
            function() compute.fleet {}:online(21) end)
check.fails("t must be a period from 1 to 20", function() compute.fleet {}:capex(0) end)
check.fails("what an order costs is not known: give capex", function()
  local x = compute.fleet {}
  x:order(1, "1 GW")
  return x:capex(1)
end)
check.fails("the life of what is owned is not known", function()
  local x = compute.fleet { capex = "38 $bn/GW" }
  x:order(1, "1 GW")
  return x:depreciation(1)
end)
check.fails("price is missing", function() compute.fleet {}:rent(1, "1 GW") end)
check.fails("rate is missing", function()
  compute.fleet { online = "1 GW", capex = "1 $bn/GW", life = "1 yr" }:annuity(1)
end)
check.fails("give capex or price, not both", function()
  compute.fleet {}:order(1, "1 GW", { capex = "1 $bn/GW", price = "1 $bn/GW" })
end)

check.done()
