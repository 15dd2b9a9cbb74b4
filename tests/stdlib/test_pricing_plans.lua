-- Subscriptions, commitments, prices of tokens, modular prices: published examples, identities over
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
check.fails("commit must be money", function() pricing.commit { commit = "5 GW" } end)
check.fails("price must be per what is committed",
            function() pricing.commit { commit = "5 GW", price = "3 $/tok" } end)
check.fails("overage is a price", function()
  pricing.commit { commit = "5 $", overage = "3 $/tok" }
end)
check.fails("usage at list prices must be money per time", function() paid:charge "30 $" end)

-- --- Tokens: published prices and requests.

local function of(input, output, o)
  o = o or {}
  o.input, o.output = input .. " $/Mtok", output .. " $/Mtok"
  return pricing.tokens(o)
end
check.equal(of(0.4, 1.6):charge { input = "1 Mtok", output = "1 Mtok" }, "2 $")
check.equal(of(1.75, 14):charge { input = "100 Mtok/mo", output = "25 Mtok/mo" }, "525 $/mo")
local gpt4o = of(2.5, 10, { batch_discount = "50 %" })
local documents = { input = 2000, output = 500, requests = 100000 }
check.equal(gpt4o:charge(documents), "1000 $")
documents.batch_share = "100 %"
check.equal(gpt4o:charge(documents), "500 $")
documents.batch_share, documents.requests = nil, "100000 request/day"
check.equal(gpt4o:charge(documents), "1000 $/day")
documents.input, documents.output = "2000 tok/request", "500 tok/request"
check.equal(gpt4o:charge(documents), "1000 $/day")
documents.requests = nil
check.equal(gpt4o:charge(documents), "0.01 $/request")

local sonnet = pricing.tokens { input = "3 $/Mtok", output = "15 $/Mtok", cached = "0.3 $/Mtok",
                                write = "3.75 $/Mtok", batch_discount = "50 %" }
local request = { input = 1000, write = 2000, cached = 100000, output = 1000 }
check.equal(sonnet:charge(request), "0.0555 $")
request.batch_share = 1
check.equal(sonnet:charge(request), "0.02775 $")
check.equal(sonnet:charge { input = 103000, output = 1000 }, "0.324 $")
check.equal(sonnet:charge { input = "1 Mtok", output = "0.2 Mtok", batch_share = 1 }, "3 $")
-- `input` is all of the input where a share of it is read from the cache.
local gemini = of(1.25, 2.5, { cached = "10 %" })
check.equal(gemini:charge { input = 1500, cached = 10000, output = 11000 }, "0.030625 $")
check.equal(gemini:charge { input = 11500, cached_share = 10000 / 11500, output = 11000 },
            "0.030625 $")
check.equal(of(0.5, 8, { cached = "0.05 $/Mtok" })
            :charge { input = "1 Mtok", cached_share = "80 %", output = "0.5 Mtok" }, "4.14 $")
-- Without prices of their own, cached tokens and those written to the cache cost what input does.
check.equal(of(3, 15):charge { cached = "1 Mtok", write = "1 Mtok" }, "6 $")
check.equal(sonnet:blended(), "6 $/Mtok")
check.equal(sonnet:blended { input_output = 1 }, "9 $/Mtok")
check.equal(sonnet:blended { input_output = 1e9, cached_share = "80 %" }, "0.84 $/Mtok",
            "1e-6 $/Mtok")

local mixed = { sonnet = { input = "3 $/Mtok", output = "15 $/Mtok" },
                haiku = { input = "1 $/Mtok", output = "5 $/Mtok", batch_discount = "50 %" } }
local list = pricing.tokens { models = mixed, mix = { sonnet = "70 %", haiku = "30 %" } }
check.equal(list:price "input", "2.4 $/Mtok")
check.equal(list:price "output", "12 $/Mtok")
check.equal(list:charge { input = "3 Mtok", output = "1 Mtok" }, "19.2 $")
check.equal(list:charge { input = "3 Mtok", output = "1 Mtok", model = "haiku" }, "8 $")
check.equal(list:charge { input = "1 Mtok", batch_share = 1 }, "2.25 $")
check.equal(list:model "haiku":price "output", "5 $/Mtok")
mixed.mix = { sonnet = 7, haiku = 3 }
check.equal(pricing.tokens(mixed):price "input", "2.4 $/Mtok")

-- Prices that fall: a tenth a year, -30 % a year. The first period has those that are given.
local falling = of(60, 60, { decline = "90 %/yr" })
check.equal(falling:price("input", 1), "60 $/Mtok")
check.equal(falling:price("input", 7), q "60 $/Mtok" * 0.1 ^ 0.5)
check.equal(falling:price "input"[12], falling:price("input", 12))
local slow = of(3, 15, { decline = "30 %/yr" })
check.equal(slow:charge { input = "1 Mtok/mo", t = 12 }, q "3 $/mo" * 0.7 ^ (11 / 12))
check.equal(slow:charge { input = "1 Mtok/mo" }[12], q "3 $/mo" * 0.7 ^ (11 / 12))
check.equal(slow:charge { input = grow("1 Mtok/mo", 0) }[1], "3 $/mo")
-- One model's prices may fall and another's not.
mixed.sonnet.decline = "50 %/yr"
check.equal(pricing.tokens(mixed):price("input", 1), "2.4 $/Mtok")
check.equal(pricing.tokens(mixed):price("input", 7), q "1 $/Mtok" * (0.7 * 3 * 0.5 ^ 0.5 + 0.3))

local p = assume { input = "2 to 4 $/Mtok", output = "10 to 20 $/Mtok", hit = "30 to 70 %",
                   batch = "10 to 40 %" }
local unsure = pricing.tokens { input = p.input, output = p.output, cached = "10 %",
                                batch_discount = "50 %" }
check.same(unsure:charge { input = "2 Mtok/mo", output = "1 Mtok/mo", cached_share = p.hit,
                           batch_share = p.batch },
           (p.input * "2 Mtok/mo" * (1 - 0.9 * p.hit) + p.output * "1 Mtok/mo")
           * (1 - 0.5 * p.batch))
check.options(function(o)
  return pricing.tokens { input = o.input, output = o.output, cached = o.cached, write = o.write,
                          batch_discount = o.batch_discount, decline = o.decline }
         :charge { input = "1 Mtok", output = "1 Mtok", cached = "1 Mtok", write = "1 Mtok",
                   batch_share = "50 %", t = 6 }
end, { input = "3 $/Mtok", output = "15 $/Mtok", cached = "0.3 $/Mtok", write = "4 $/Mtok",
       batch_discount = "50 %", decline = "30 %/yr" },
     { input = "2 to 4 $/Mtok", output = "10 to 20 $/Mtok", cached = "0.1 to 0.5 $/Mtok",
       write = "3 to 5 $/Mtok", batch_discount = "40 to 60 %", decline = "10 to 50 %/yr" })
local function refuses(text, f) check.fails(text, f) end
refuses("input is missing", function() pricing.tokens {} end)
refuses("output of a is missing", function() pricing.tokens { a = { input = "3 $/Mtok" } } end)
refuses("input of a must be money per tokens", function()
  pricing.tokens { models = { a = { input = "3 $", output = "3 $/Mtok" } } }
end)
refuses("there is no option \"inputs\" of a", function()
  pricing.tokens { models = { a = { inputs = "3 $/Mtok" } } }
end)
refuses("model is missing", function()
  pricing.tokens { a = { input = "3 $/Mtok", output = "3 $/Mtok" } }:price "input"
end)
refuses("there is no model \"opus\"", function() list:model "opus" end)
refuses("mix: the weights add up to 0", function()
  pricing.tokens { a = { input = "3 $/Mtok", output = "3 $/Mtok" }, mix = { a = 0 } }
end)
refuses("there is no model \"opus\"", function()
  pricing.tokens { a = { input = "3 $/Mtok", output = "3 $/Mtok" }, mix = { opus = 1 } }
end)
refuses("there are prices both with and without a model", function()
  pricing.tokens { input = "3 $/Mtok", output = "3 $/Mtok", a = { input = "3 $/Mtok",
                   output = "3 $/Mtok" } }
end)
refuses("there are no tokens", function() sonnet:charge {} end)

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
