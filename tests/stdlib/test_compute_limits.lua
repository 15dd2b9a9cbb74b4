-- Fleets at the limits: nothing served, what is asked twice, uncertain arguments, other units.
local check = require "check"
horizon { from = "2026-Q1", to = "2030-Q4" }

local a = assume { lead = "12 to 24 mo" }

-- --- Nothing to serve with: 0, and not 0/0 for good.

local dark = compute.fleet { online = "1 GW", tokens = "0 tok/GW/yr" }
check.equal(dark:serve(1, "5e15 tok/yr"), "0 tok/yr")
check.equal(dark:unmet(1), "5e15 tok/yr")
check.equal(dark:idle(1), "1 GW")
check.equal(dark:serve(1, "5e15 tok/yr"), "0 tok/yr")
local some_or_none = dist.discrete { { "0 tok/GW/yr", 1 }, { "1e16 tok/GW/yr", 1 } }
local dim = compute.fleet { online = "1 GW", tokens = some_or_none }
check.equal(dim:serve(1, "5e15 tok/yr"), "2.5e15 tok/yr", "0.1e15 tok/yr")
check.always((dim:idle(1)):equals "1 GW" | (dim:idle(1)):equals "0.5 GW")
check.equal(dim:allocate(1, { training = "rest" }).training, "0.75 GW", "0.02 GW")
local growing = compute.fleet { tokens = "1e16 tok/GW/yr", gain = "50 %/yr", lead = "6 mo" }
growing:order(1, "1 GW")
check.equal(growing:serve(1, "5e15 tok/yr"), "0 tok/yr")
check.equal(growing:serve(3, "5e15 tok/yr"), "5e15 tok/yr")
check.equal(growing:idle(3), "0.5 GW")

-- Tokens cost nothing where capacity does not, and are not to be had where it serves none.
local none = compute.tokens { per_gw = "0 tok/GW/yr" }
check.equal(none:cost "0 $bn/GW/yr", "0 $/Mtok")
check.equal(none:needed "0 tok/yr", "0 GW")
check.always((none:cost "1 $bn/GW/yr"):equals(math.huge))
check.always((none:needed "1 tok/yr"):equals(math.huge))
local unused = compute.tokens { per_gw = "1e16 tok/GW/yr", utilisation = q "uniform(0, 1)" * 0 }
check.always((unused:cost "0 $bn/GW/yr"):equals(0))
check.always((unused:cost "1 $bn/GW/yr"):equals(math.huge))
local mixed = compute.tokens { per_gw = some_or_none }
check.always((mixed:needed "0 tok/yr"):equals(0))

-- What is inherited at a price of nothing is worth its book value all the same.
local gift = compute.fleet { online = "1 GW", capex = { it = "0 $bn/GW", facility = "0 $bn/GW" },
                             life = "5 yr", book = "10 $bn" }
check.equal(gift:depreciation(1), "2 $bn/yr")
check.equal(gift:book_value(0), "10 $bn")

-- --- What is given stays as it was given.

local order = { "inference", "training" }
local kept = compute.fleet { online = "1 GW", priority = order }
order[1], order[2] = "training", "inference"
check.equal(kept:allocate(1, { inference = "0.8 GW", training = "0.8 GW" }).inference, "0.8 GW")

-- --- Stages say when each arrives: then a lead time would count for nothing.

local dated = { { 0.5, "12 mo" }, { 0.5, "24 mo" } }
check.fails("fleet: give lead or stages with their times, not both: the last of the stages arrives "
            .. "after 24 mo", function() compute.fleet { lead = "36 mo", stages = dated } end)
check.fails("order: give lead or stages with their times, not both", function()
  compute.fleet {}:order(1, "1 GW", { lead = "36 mo", stages = dated })
end)
local staged = compute.fleet { lead = "36 mo" } -- an order's own stand for the fleet's
staged:order(1, "1 GW", { stages = dated })
check.equal(staged:online(5), "0.5 GW")
local led = compute.fleet { stages = dated }
led:order(1, "1 GW", { lead = "36 mo" })
check.equal(led:online(9), "0 GW")
check.equal(led:online(13), "1 GW")
check.equal(compute.fleet { stages = 3 }:online(1), "0 GW")

-- --- Arguments in their places: what varies reaches the result, other units are refused by name.

local base = { capex = "38 $bn/GW", life = "5 yr", lead = "6 mo", tokens = "1e16 tok/GW/yr" }
local function fleet(more)
  local o = { online = "1 GW" }
  for _, options in ipairs { base, more or {} } do
    for name, value in pairs(options) do o[name] = value end
  end
  return compute.fleet(o)
end

check.options(function(o)
  local f = fleet()
  f:order(1, o.gw, { lead = o.lead, capex = o.capex, price = o.price, life = o.life })
  return f:owned():total() / "1 GW yr" + f:capex():total() / "1 $bn"
         + f:depreciation():total() / "1 $bn"
end, { gw = "1 GW" }, { gw = "1 to 2 GW", lead = "6 to 12 mo", capex = "30 to 40 $bn/GW",
                        price = "30 to 40 $bn", life = "2 to 4 yr" })
check.options(function(o)
  local f = fleet()
  f:rent(1, o.gw, o.price, { term = o.term, lead = o.lead })
  return f:cost():total() / "1 $bn" + f:rented():total() / "1 GW yr"
end, { gw = "1 GW", price = "12 $bn/GW/yr", term = "1 yr" },
{ gw = "1 to 2 GW", price = "12 to 15 $bn/GW/yr", term = "6 to 18 mo", lead = "6 to 12 mo" })
check.options(function(o) return fleet():serve(1, o.demand) / "1 GW" end, {},
              { demand = "0.5 to 0.9 GW" })
check.options(function(o) return fleet():serve(1, o.demand) / "1 tok/yr" end, {},
              { demand = "4e15 to 9e15 tok/yr" })
check.options(function(o)
  local got = fleet():allocate(1, o)
  return got.training + 2 * (got.inference or 0)
end, { training = "rest", inference = "0.1 GW" },
{ inference = "0.2 to 0.5 GW", training = "30 to 50 %" })
check.options(function(o)
  local f = fleet(o)
  f:order(5, "1 GW")
  return f:tokens(9)
end, {}, { gain = "20 to 90 %/yr", tokens = "1e16 to 2e16 tok/GW/yr" })

-- Stages whose shares and times vary: an order is divided among them, whatever they are.
local function staged_fleet(first, second)
  local f = compute.fleet { capex = "38 $bn/GW", life = "5 yr", pay = "delivery",
                            stages = { first, second } }
  f:order(1, "1 GW")
  return f
end
check.options(function(o) return staged_fleet(o, { "50 %", "18 mo" }):online():total() end,
              { share = "50 %", after = "12 mo" },
              { share = "uniform(0.2, 0.6)", after = "6 to 12 mo" })
local share = q "uniform(0.2, 0.6)"
local vague = staged_fleet({ share, "6 to 12 mo" }, { 1 - share, "18 mo" })
check.varies(vague:online(5))
check.same(vague:delivered():sum(), q "1 GW" + 0 * vague:online(5))
check.same(vague:capex():total(), q "38 $bn" + 0 * vague:capex(5) * dt)
check.always(vague:online(20):at_most(q "1 GW" * (1 + 1e-12)))
local evenly = compute.fleet { lead = "12 to 24 mo", stages = 4 }
evenly:order(1, "1 GW")
check.varies(evenly:online(4))
check.same(evenly:delivered():sum(), q "1 GW" + 0 * evenly:online(4))
local ladder = evenly:online()
for t = 2, 20 do check.always(ladder[t]:at_least(ladder[t - 1])) end

-- What capacity serves, needs and costs in tokens.
local rate = compute.tokens { per_gw = "1e16 tok/GW/yr", gain = "100 %/yr", utilisation = "50 %" }
check.equal(rate:per_gw(5), "2e16 tok/GW/yr")
check.equal(rate:served(5, "1 GW"), "1e16 tok/yr")
check.equal(rate:served("1 GW")[5], "1e16 tok/yr")
check.equal(rate:needed(5, "1e16 tok/yr"), "1 GW")
check.equal(rate:cost(5, "10 $bn/GW/yr"), "1 $/Mtok")
check.options(function(o) return compute.tokens(o):per_gw(9) end, { per_gw = "1e16 tok/GW/yr" },
              { per_gw = "1e16 to 2e16 tok/GW/yr", gain = "20 to 90 %/yr" })
for _, t in ipairs { false, 5 } do
  local function ask(name, x)
    local answer = t and rate[name](rate, t, x) or rate[name](rate, x)
    return t and answer or answer[5]
  end
  check.options(function(o) return ask("served", o.gw) end, {}, { gw = "1 to 2 GW" })
  check.options(function(o) return ask("needed", o.tokens) end, {},
                { tokens = "1e16 to 2e16 tok/yr" })
  check.options(function(o) return ask("cost", o.gw_price) end, {},
                { gw_price = "12 to 15 $bn/GW/yr" })
end
check.fails("t must be a period from 1 to 20, not 21", function() rate:served(21, "1 GW") end)

-- --- One cohort for orders that share stages, also where the lead is uncertain: the times of the
-- stages are the same quantities, however often they are read.

local stages, spreads = require "compute/stages", {}
for i, stage in ipairs(stages.read(3, a.lead, spreads)) do
  check.is_true(stage.lead == stages.read(3, a.lead, spreads)[i].lead, "a stage is read anew")
  check.same(stage.lead, a.lead * (i / 3))
end

local uniform = compute.fleet { lead = a.lead, stages = 3, life = "2 yr" }
local single = compute.fleet { lead = a.lead, life = "2 yr" }
for t = 1, 8 do
  uniform:order(t, "1 GW")
  single:order(t, "1 GW", { stages = 3 })
end
check.same(uniform:online(12), single:online(12))
check.same(uniform:online():total(), single:online():total())

check.done()
