-- Subscriptions, commitments, modular prices: published examples, identities over
-- uncertain options, what is refused.
local check = require "check"

-- --- Subscriptions. Claude Team, NetHunt, Autumn, Zuora, Stripe.

local team = pricing.subscription { price = "30 $/seat/mo", minimum = 5 }
check.equal(team:charge(10), "300 $/mo")
check.equal(team:charge(3), "150 $/mo")
check.equal(team:charge(), "150 $/mo")
check.equal(team:revenue(100, { seats = 12 }), "36000 $/mo")
local yearly = pricing.subscription { price = "30 $/user/mo", annual_discount = "20 %",
                                      annual_share = 1 }
check.equal(yearly:price(), "24 $/user/mo")
check.equal(yearly:charge(5), "120 $/mo")
check.equal(yearly:charge "5 user", "1440 $/yr")
check.equal(pricing.subscription { price = "100 $/mo", annual_discount = "20 %",
                                   annual_share = 1 }:revenue(1), "960 $/yr")
check.equal(pricing.subscription { price = "10 $/seat/mo", base = "20 $/mo", included = "5 seat" }
            :charge(8), "50 $/mo")
check.equal(pricing.subscription { price = "10 $/seat/mo", base = "20 $/mo", included = 5 }
            :charge(3), "20 $/mo")
unit "call_minute"
local calls = pricing.subscription { price = "59.99 $/mo", included = "500 call_minute/mo",
                                     overage = "0.5 $/call_minute" }
check.equal(calls:charge(1, "620 call_minute/mo"), "119.99 $/mo")
check.equal(calls:charge(1, "620 call_minute"), "119.99 $/mo")
check.equal(calls:charge(1, "500 call_minute/mo"), "59.99 $/mo")
check.equal(calls:charge(1), "59.99 $/mo")
local stripe = pricing.subscription { price = "100 $/user/mo", included = "1000 request/user/mo",
                                      overage = "0.04 $/request" }
check.equal(stripe:charge(1, "1500 request/user/mo"), "120 $/mo")
check.equal(stripe:charge(2, "1500 request/user/mo"), "240 $/mo")
check.equal(stripe:charge(2, "3000 request/mo"), "240 $/mo")
check.equal(stripe:revenue(10, { seats = 2, usage = "1500 request/user/mo" }), "2400 $/mo")

-- Who pays by the year: all, none; a discount for all.
local function charge_of(o)
  o.price = "100 $/mo"
  return pricing.subscription(o):charge()
end
for _, word in ipairs { "annual", "year" } do
  check.equal(charge_of { billing = word, annual_discount = "20 %" }, "80 $/mo")
end
for _, word in ipairs { "monthly", "month" } do
  check.equal(charge_of { billing = word, annual_discount = "20 %" }, "100 $/mo")
end
check.equal(charge_of { billing = "annual", discount = "20 %" }, "80 $/mo")
check.equal(charge_of { discount = "10 %" }, "90 $/mo")
check.equal(charge_of { discount = "10 %", annual_discount = "20 %", annual_share = "50 %" },
            "81 $/mo")
check.varies(charge_of { discount = "10 to 20 %" })
check.fails("billing and annual_share both say", function()
  charge_of { billing = "annual", annual_share = "50 %", annual_discount = "20 %" }
end)

-- Counts of customers with or without a unit; a price per customer.
local pro = pricing.subscription { price = "20 $/user/mo" }
for _, customers in ipairs { "2 M users", "2 M seat", 2e6 } do
  check.equal(pro:revenue(customers), "40 M$/mo")
end
check.equal(pricing.subscription { price = "99 $/mo" }:revenue(1000), "99 k$/mo")
check.equal(pro:revenue(0), "0 $/mo")
check.equal(pricing.subscription { price = 0 + q "0 $/mo" }:revenue(1000), "0 $/mo")
-- A minimum in money is one of the whole bill.
check.equal(pricing.subscription { price = "10 $/seat/mo", minimum = "100 $/mo" }:charge(3),
            "100 $/mo")

check.options(function(o)
  return pricing.subscription {
    price = o.price, base = o.base, minimum = o.minimum, included = o.included, overage = o.overage,
    annual_discount = o.annual_discount, annual_share = o.annual_share,
  }:revenue(o.customers, { seats = o.seats, usage = o.usage })
end, { price = "30 $/seat/mo", base = "20 $/mo", minimum = 1, included = "5 Mtok/mo",
       overage = "2 $/Mtok", annual_discount = "20 %", annual_share = "40 %", customers = 100,
       seats = 10, usage = "12 Mtok/mo" },
     { price = "25 to 35 $/seat/mo", base = "15 to 25 $/mo", minimum = "5 to 20 1",
       included = "4 to 6 Mtok/mo", overage = "1 to 3 $/Mtok", annual_discount = "10 to 30 %",
       annual_share = "30 to 50 %", customers = "80 to 120 1", seats = "8 to 12 1",
       usage = "10 to 20 Mtok/mo" })

check.options(function(o) return stripe:charge(o.seats, o.usage) end,
              { seats = 2, usage = "3000 request/mo" },
              { seats = "2 to 5 seat", usage = "3000 to 5000 request/mo" })
check.fails("price must be money per seat, user or customer",
            function() pricing.subscription { price = "5 GW" } end)
check.fails("annual_share is missing",
            function() pricing.subscription { price = "5 $/mo", annual_discount = "20 %" } end)
check.fails("overage is missing",
            function() pricing.subscription { price = "5 $/mo", included = "5 Mtok/mo" } end)
check.fails("usage has no price", function() pro:charge(1, "5 Mtok/mo") end)
check.fails("usage must be in the unit that overage is per",
            function() calls:charge(1, "5 GW") end)
check.fails("customers must be a number of customers", function() pro:revenue "5 GW" end)

-- --- Commitments: the four readings, of 1,000 a month at 20 %.

local readings = {
  paid = pricing.commit { commit = "1000 $/mo", discount = "20 %" },
  list = pricing.commit { commit = "1000 $/mo", discount = "20 %", basis = "list" },
  enterprise = pricing.commit { commit = "1000 $/mo", discount = "20 %", overage = "discounted" },
  minimum = pricing.commit { commit = "1000 $/mo" },
  factor = pricing.commit { commit = "1000 $/mo", overage = 1.5 },
}
for usage, bills in pairs {
  [500] = { paid = 1000, list = 800, enterprise = 1000, minimum = 1000, factor = 1000 },
  [1000] = { paid = 1000, list = 800, enterprise = 1000, minimum = 1000, factor = 1000 },
  [1250] = { paid = 1000, list = 1050, enterprise = 1000, minimum = 1250, factor = 1375 },
  [1500] = { paid = 1250, list = 1300, enterprise = 1200, minimum = 1500, factor = 1750 },
  [2000] = { paid = 1750, list = 1800, enterprise = 1600, minimum = 2000, factor = 2500 },
} do
  for name, bill in pairs(bills) do
    check.equal(readings[name]:charge(usage * q "1 $/mo"), bill * q "1 $/mo")
  end
end
local paid = readings.paid
check.equal(paid:covered(), "1250 $/mo")
check.equal(paid:breakeven(), "1000 $/mo")
check.equal(paid:shortfall "500 $/mo", "600 $/mo")
check.equal(paid:shortfall "1250 $/mo", "0 $/mo")
check.equal(paid:overage "1500 $/mo", "250 $/mo")
check.equal(paid:utilisation "500 $/mo", "40 %")
check.equal(paid:effective_discount "1250 $/mo", "20 %")
check.equal(paid:effective_discount "500 $/mo", "-100 %")
check.equal(paid:effective_discount "0 $/mo", "0 %")
check.equal(paid:effective_price "2000 $/mo", 0.875)
-- AWS: on demand 1.00 an hour, 0.90 under the plan, a commitment of 0.90.
local plan = pricing.commit { commit = "0.9 $/h", discount = "10 %" }
for usage, bill in pairs { [0] = 0.9, [1] = 0.9, [2] = 1.9, [3] = 2.9 } do
  check.equal(plan:charge(usage * q "1 $/h"), bill * q "1 $/h")
end
-- Metronome: 10,000 of credits for 8,000. Flexprice: a factor of 1.5; units with a price.
check.equal(pricing.commit { commit = "10000 $", discount = "20 %", basis = "list" }
            :charge "10000 $", "8000 $")
check.equal(pricing.commit { commit = "1000 $", overage = 1.5 }:charge "10000 $", "14500 $")
local units = pricing.commit { commit = "5000 request", price = "0.06 $/request",
                               overage = "0.05 $/request" }
check.equal(units:charge "7000 request", "400 $")
check.equal(units:charge "4200 request", "300 $")
check.equal(units:effective_price "7000 request", q "400 $" / "7000 request")
check.equal(units:shortfall "4200 request", "48 $")
check.equal(pricing.commit { commit = "5000 request", price = "0.06 $/request", true_up = false }
            :charge "4200 request", "252 $")
-- Zuora: 100,000 tokens prepaid for 1,000, then 0.02.
local prepaid = pricing.commit { commit = "100000 tok", price = "0.01 $/tok",
                                 overage = "0.02 $/tok" }
check.equal(prepaid:charge "130000 tok", "1600 $")
check.equal(prepaid:charge "60000 tok", "1000 $")
-- A year prepaid, or twelve commitments of a month, to the same use.
horizon { from = "2026-01", periods = 12 }
local use = series("$/mo", { "50 $/mo", "150 $/mo", "100 $/mo", "80 $/mo", "120 $/mo", "200 $/mo",
                             "90 $/mo", "110 $/mo", "150 $/mo", "160 $/mo", "90 $/mo", "130 $/mo" })
check.equal(pricing.commit { commit = "1200 $" }:charge(use:total()), "1430 $")
check.equal(pricing.commit { commit = "100 $/mo" }:charge(use):total(), "1520 $")
check.equal(pricing.commit { commit = "100 $/mo" }:charge(use, 1), "100 $/mo")

local c = assume { commit = "500 to 2000 $/mo", discount = "5 to 30 %", use = "200 to 4000 $/mo",
                   overage = "0.8 to 2 1" }
local uncertain = pricing.commit { commit = c.commit, discount = c.discount, overage = c.overage }
check.varies(uncertain:charge(c.use))
check.always(uncertain:charge(c.use):at_least(c.commit))
check.same(uncertain:charge(c.use), c.commit + uncertain:overage(c.use))
check.same(uncertain:charge(c.use) - uncertain:shortfall(c.use),
           min(c.use, uncertain:covered()) * (1 - c.discount) + uncertain:overage(c.use))
check.options(function(o)
  return pricing.commit { commit = o.commit, discount = o.discount, overage = o.overage }
         :charge(o.usage)
end, { commit = "1000 $/mo", discount = "20 %", overage = 1.2, usage = "2000 $/mo" },
     { commit = "900 to 1100 $/mo", discount = "10 to 30 %", overage = "1 to 2 1",
       usage = "1500 to 3000 $/mo" })
for _, name in ipairs { "charge", "overage", "shortfall", "utilisation", "effective_discount" } do
  check.options(function(o)
    return paid[name](paid, o.usage)
  end, {}, { usage = "600 to 2500 $/mo" })
end
check.varies(paid:effective_price "600 to 2500 $/mo")
-- Nothing committed, used or charged leaves figures, of uncertain ones too.
local none = pricing.commit { commit = "0 $/mo", discount = "20 %" }
check.equal(none:charge "50 $/mo", "50 $/mo")
check.equal(none:utilisation "50 $/mo", 0)
check.equal(none:utilisation "0 $/mo", 0)
check.equal(none:effective_discount "0 $/mo", 0)
check.equal(none:effective_price "0 $/mo", 0)
local may_be_none = pricing.commit { commit = max(0, q "uniform(-1000, 1000) $/mo") }
check.varies(may_be_none:utilisation "500 $/mo")
check.varies(may_be_none:utilisation(max(0, q "uniform(-500, 500) $/mo")))
check.equal(pricing.commit { commit = "0 $/mo", discount = "100 %" }:charge "50 $/mo", "50 $/mo")
check.equal(pricing.commit { commit = "9 $/mo", discount = "100 %" }:charge "50 $/mo", "9 $/mo")
check.equal(pricing.commit { commit = "5 request", price = "0 $/request", overage = "1 $/request" }
            :charge "9 request", "0 $")
-- Money comes per the time of the usage, in thousands or millions where the usage is counted so.
local function shows(x, text)
  check.is_true(tostring(x) == text, tostring(x) .. " is not " .. text)
end
local tokens = pricing.commit { commit = "30 Mtok/mo", price = "12 $/Mtok" }
shows(tokens:charge "40 Mtok/mo", "480 $/mo")
shows(tokens:charge "480 Mtok/yr", "5760 $/yr")
shows(tokens:shortfall "10 Mtok/mo", "240 $/mo")
shows(tokens:covered(), "360 $/mo")
shows(pricing.commit { commit = "30 M request/mo", price = "12 $/M request" }
      :charge "40 M request/mo", "480 $/mo")
local millions = pricing.commit { commit = "30 M request/mo", price = "0.06 $/request" }
shows(millions:charge "40 M request/mo", "2.4 $M/mo")
shows(millions:covered(), "1.8 $M/mo")
shows(pricing.commit { commit = "30 M request/mo", price = "0.000001 $/request" }
      :charge "40 M request/mo", "40 $/mo")
shows(pro:revenue "200 k users", "4000 $k/mo")
-- A discount is shown as it is written, the part that is used as a plain number.
shows(paid:effective_discount "1250 $/mo", "20 %")
shows(pricing.commit { commit = "1000 $/mo", discount = .2 }:effective_discount "1250 $/mo", "0.2")
shows(paid:utilisation "500 $/mo", "0.4")
shows(pricing.modules { base = "10 $/mo", base_cost = "4 $/mo" }:gross_margin(), "0.6")
check.fails("commit must be money", function() pricing.commit { commit = "5 GW" } end)
check.fails("price must be per what is committed",
            function() pricing.commit { commit = "5 GW", price = "3 $/tok" } end)
check.fails("overage is a price", function()
  pricing.commit { commit = "5 $", overage = "3 $/tok" }
end)
check.fails("usage at list prices must be money per time", function() paid:charge "30 $" end)

-- --- Modules.

local suite = pricing.modules { base = "20 $/user/mo", base_cost = "5 $/user/mo",
  { name = "agents", price = "30 $/user/mo", attach = "25 %", cost = "12 $/user/mo" },
  { name = "search", price = "10 $/user/mo", attach = "40 %" } }
check.equal(suite:arpu(), "31.5 $/user/mo")
check.equal(suite:average_cost(), "8 $/user/mo")
check.equal(suite:gross_margin(), 1 - 8 / 31.5)
check.equal(suite:revenue "2 M users", "63 M$/mo")
check.equal(suite:cost "2 M users", "16 M$/mo")
check.equal(suite:contribution("base", 100) + suite:contribution("agents", 100)
            + suite:contribution("search", 100), suite:revenue(100))
check.equal(pricing.modules { base = "99 $/mo",
  { name = "seats", price = "15 $/mo", units = 10 }, { name = "analytics", price = "50 $/mo" },
  { name = "minutes", price = "0.5 $/mo", units = 120 } }:revenue(1), "359 $/mo")
check.equal(pricing.modules { base = "0 $/mo" }:gross_margin(), "0 %")
check.options(function(o)
  return pricing.modules { base = o.base, { name = "x", price = o.price, attach = o.attach,
                                            units = o.units } }:revenue(o.users)
end, { base = "20 $/mo", price = "10 $/mo", attach = "30 %", units = 2, users = 100 },
     { base = "15 to 25 $/mo", price = "5 to 15 $/mo", attach = "20 to 40 %", units = "1 to 3 1",
       users = "80 to 120 1" })
for _, name in ipairs { "revenue", "cost" } do
  check.options(function(o) return suite[name](suite, o.users) end, {},
                { users = "80 to 120 user" })
end
check.options(function(o) return suite:contribution("agents", o.users) end, {},
              { users = "80 to 120 user" })
check.equal(suite:revenue(0), "0 $/mo")
check.fails("there is no module \"x\"", function() suite:contribution("x", 1) end)
check.fails("base is missing", function() pricing.modules { { price = 0 } } end)
check.done()
