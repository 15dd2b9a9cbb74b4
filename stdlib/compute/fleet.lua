-- A fleet of capacity, as scripts see it.

local capacity = require "compute/capacity"
local costs = require "compute/costs"
local service = require "compute/service"
local revision = require "compute/revision"
local cohorts = require "compute/cohorts"
local assets = require "compute/assets"
local electricity = require "compute/electricity"
local money = require "compute/money"
local stages = require "compute/stages"
local token_rate = require "compute/tokens"
local options = require "shared/options"
local periods = require "shared/periods"
local fleet = {}

-- --- Methods.

local period = { "t", "", "the period, by number or label; left out: the series of all",
                 kind = "any", optional = true }
local the_period = { "t", "", "the period, by number or label", kind = "any" }

-- f(self, t) of a period from `from` on, or of all. A whole series is a result: what it shows can
-- no longer be changed.
local function by_period(f, from)
  return function(self, t, x)
    if t ~= nil then return f(self, periods.read(t, from, "t"), x) end
    local series = over_periods(function(i) return f(self, i, x) end)
    capacity.use(self, count_periods())
    return series
  end
end

local function method(name, doc, f, more)
  local described = { name, doc, takes = { period }, call = by_period(f, 1) }
  for key, value in pairs(more or {}) do described[key] = value end
  return described
end

local order = {
  "order", "Orders capacity at the start of a period: it arrives after its lead time, and is "
    .. "retired after its life.",
  takes = { { "t", "", "the period of the order, by number or label", kind = "any" },
            { "gw", "", "how much, in GW of IT, or in GW_facility" } },
  options = {
    { "lead", "yr", "its own lead time", range = "not negative" },
    { "stages", "", "its own stages, as the fleet takes them", kind = "any" },
    { "capex", "", "its own price per GW, or a table of those of its parts", kind = "any" },
    { "price", "", "the same, or the price of the whole order, as in \"38 $bn\"", kind = "any" },
    { "life", "", "its own life, or a table of those of its parts", kind = "any" },
  },
  example = [[horizon { from = "2026", to = "2030" }
local fleet = compute.fleet { capex = "38 $bn/GW", life = "3 yr", lead = "15 mo" }
fleet:order(1, "1 GW")
for t in periods() do print(label(t), fleet:online(t)) end]],
  result = "2026\t0 GW\n2027\t0.75 GW\n2028\t1 GW\n2029\t1 GW\n2030\t0.25 GW\n",
  call = function(self, t, gw, o)
    if o.price then
      if o.capex then fail("give capex or price, not both") end
      if type(o.price) ~= "table" then o.price = q(o.price) end
    end
    capacity.order(self, periods.read(t, 1, "t"), gw, o)
  end,
}

local rent = {
  "rent", "Rents capacity for a period, or for a term from its start on; it is paid for whether it "
    .. "is used or not.",
  takes = { the_period,
            { "gw", "", "how much, in GW of IT, or in GW_facility" },
            { "price", "$bn/GW/yr", "all-in; left out: the fleet's rent_price", optional = true,
              range = "not negative" } },
  options = {
    { "term", "yr", "how long; left out: this period alone", range = "positive" },
    { "to", "", "the last period, by number or label, instead of a term", kind = "any" },
    { "lead", "yr", "how long until it begins", default = "0 yr", range = "not negative" },
  },
  example = [[horizon { from = "2026", to = "2027" }
local fleet = compute.fleet { online = "1 GW" }
fleet:rent(1, "0.5 GW", "13 $bn/GW/yr")
for t in periods() do print(label(t), fleet:online(t), fleet:cost(t)) end]],
  result = "2026\t1.5 GW\t6.5 $bn/yr\n2027\t1 GW\t0 $bn/yr\n",
  call = function(self, t, gw, price, o)
    price = price or self.rent_price
    if not price then fail("price is missing: give it here, or the fleet a rent_price") end
    self.money = self.money or money.of(price)
    t = periods.read(t, 1, "t")
    if o.to ~= nil then o.to = periods.read(o.to, t, "to") end
    capacity.rent(self, t, gw, price, o)
  end,
}

local serve = {
  "serve", "What is served of a demand: at most capacity times utilisation, less what was used "
    .. "before in the period.",
  takes = { { "t", "", "the period, by number or label; nil: all", kind = "any", optional = true },
            { "demand", "", "in GW, or in tok/yr where the fleet knows its tokens" } },
  example = [[horizon { from = "2026", to = "2028" }
local fleet = compute.fleet { online = "1 GW", utilisation = 0.8 }
print(fleet:serve(1, "0.5 GW"), fleet:serve(2, "1 GW"), fleet:unmet(2))]],
  result = "0.5 GW\t0.8 GW\t0.2 GW\n",
  call = by_period(service.serve, 1),
}

local allocate = {
  "allocate", "Divides free capacity among uses: a table of what each is granted, and what is "
    .. "idle. Where it is short, those that have priority come first, and others share in "
    .. "proportion.",
  takes = { the_period,
            { "wants", "", "what each use wants, by name: GW, a share of what is free, or \"rest\"",
              kind = "any" } },
  options = { { "priority", "", "a list of names, the first first; left out: the fleet's",
                kind = "any" } },
  example = [[horizon { periods = 1 }
local fleet = compute.fleet { online = "1 GW" }
local got = fleet:allocate(1, { inference = "0.6 GW", training = "0.5 GW", internal = "0.3 GW" },
                           { priority = { "inference", "training" } })
print(got.inference, got.training, got.internal, got.idle)]],
  result = "0.6 GW\t0.4 GW\t0 GW\t0 GW\n",
  call = function(self, t, wants, o)
    return service.allocate(self, periods.read(t, 1, "t"), wants, o.priority)
  end,
}

local revise = {
  "revise", "Changes the life of all that is owned, from the start of a period on: what is still "
    .. "to be depreciated is spread over what is left of the new life.",
  takes = { the_period,
            { "life", "", "the new life, or a table of those of the parts", kind = "any" } },
  example = [[horizon { periods = 4 }
local fleet = compute.fleet { capex = "38 $bn/GW", life = "5 yr" }
fleet:order(1, "1 GW")
fleet:revise(3, "4 yr")
print(fleet:depreciation(2), fleet:depreciation(3), fleet:book_value(4))]],
  result = "7.6 $bn/yr\t11.4 $bn/yr\t0 $bn\n",
  call = function(self, t, life) revision.revise(self, periods.read(t, 1, "t"), life) end,
}

local from_opening = function(f) return by_period(f, 0) end

local make = class("fleet", "capacity that is ordered, arrives, ages and is retired", {
  order, rent, serve, allocate, revise,
  method("online", "The capacity that is there, owned and rented, as its mean over the period; "
    .. "period 0 is the opening.", nil, { call = from_opening(capacity.online) }),
  method("owned", "The part of it that is owned.", nil, { call = from_opening(capacity.owned) }),
  method("rented", "The part of it that is rented.", capacity.rented),
  method("delivered", "The owned capacity that came into service in the period.",
         capacity.delivered),
  method("retired", "The owned capacity that went out of service in the period.", capacity.retired),
  method("unmet", "The demand of a period that was not served: lost, or queued.", service.unmet),
  method("backlog", "The demand that waits at the end of a period, as what it would take to serve "
    .. "it in one.", service.backlog),
  method("idle", "The usable capacity that nothing was served or allocated from.", service.idle),
  method("tokens", "The tokens per year that the fleet could serve: usable capacity times what "
    .. "each vintage serves.", service.tokens),
  method("facility", "The power at the meter that owned capacity needs: GW times PUE.",
         costs.facility),
  method("power", "The cost of electricity: power at the meter, times load, times its price.",
         costs.power),
  method("capex", "The payments for what was ordered, per year.", costs.capex, {
    example = [[horizon { from = "2026-Q1", to = "2026-Q2" }
local fleet = compute.fleet { capex = "38 $bn/GW", life = "5 yr" }
fleet:order(1, "1 GW")
print(fleet:capex(1), fleet:capex():total())]],
    result = "152 $bn/yr\t38 $bn\n" }),
  method("cost", "The running cost: opex and electricity of what is owned, and rent, per year.",
         costs.cost),
  method("depreciation",
         "Straight-line depreciation of what is owned, from its arrival on, per year.",
         costs.depreciation),
  { "annuity", "What is owned as an annuity over its life at the cost of capital, per year: with "
      .. "cost, its economic cost.",
    takes = { period, { "rate", "", "the cost of capital; left out: the fleet's", kind = "rate",
                        optional = true } },
    example = [[horizon { periods = 1 }
local fleet = compute.fleet { capex = { it = "25.1 $bn/GW", facility = "12.9 $bn/GW" },
  life = { it = "5 yr", facility = "14 yr" }, opex = "0.9 $bn/GW/yr", rate = "7 %/yr" }
fleet:order(1, "1 GW")
print(fleet:annuity(1) + fleet:cost(1))]],
    result = "8.49671 $bn/yr\n",
    call = by_period(costs.annuity, 1) },
  method("book_value", "What has been paid and not depreciated, at the end of the period; what is "
    .. "under construction is in it as it is paid for.", nil,
    { call = from_opening(function(self, t)
      capacity.use(self, t)
      return costs.book_value(self, t)
    end) }),
})

-- --- Making one.

local function check_age(age)
  if age ~= nil and type(age) == "string" and (age == "spread" or age == "permanent") then
    return age
  end
  if age == nil then return nil end
  age = in_unit(age, q "1 yr", "age")
  if known(age) and known(age) < 0 then fail("age must be 0 or more, not %s", age) end
  return age
end

-- What serves tokens: a quantity, or what compute.tokens made.
local function tokens_of(given)
  if given == nil then return nil end
  if type(given) ~= "userdata" or is_quantity(given) then
    given = token_rate.new { per_gw = in_unit(given, q "1 tok/GW/yr", "tokens") }
  end
  return function(t) return given:per_gw(t) end
end

local function new(o)
  if count_periods() == 0 then
    fail("a fleet lives in time: set it first, as in horizon { from = \"2026\", to = \"2035\" }")
  end
  local pue = o.pue and electricity.pue(o.pue)
  local convert = assets.per_gw(pue, "1 $bn/GW")
  local prices = assets.prices(o.capex, convert, "capex")
  local lead, spreads = o.lead or q "0 yr", {}
  stages.check_lead(o.stages, o.lead)
  local opex = o.opex and assets.per_gw(pue, "1 $bn/GW/yr")(o.opex, "opex")
  local self = {
    owned = cohorts.new(), rents = cohorts.new(), served = {}, memory = {}, late = {},
    revised = {}, used = 0, paid = 0, last_served = 0,
    convert = convert, prices = prices, lives = assets.lives(o.life, "life"),
    lead = lead, stages = stages.read(o.stages, lead, spreads), spreads = spreads,
    staged = type(o.stages) == "number" and o.stages or nil,
    opex = opex, pue = electricity.pue(o.pue), has_pue = o.pue ~= nil, load = o.load,
    rent_price = o.rent_price,
    power_price = o.power_price and electricity.price(o.power_price, "power_price"),
    utilisation = options.either(o, "utilisation", "utilization") or q(1),
    tokens = tokens_of(o.tokens), gain = o.gain,
    pay = o.pay, unmet = o.unmet, rate = o.rate,
    priority = service.check_priority(o.priority),
  }
  for _, part in ipairs(prices) do assets.life_of(self.lives, part.name) end
  self.money = money.of(o.rent_price) or money.of(opex)
  for _, part in ipairs(prices) do self.money = money.of(part.price) or self.money end
  o.age = check_age(o.age)
  capacity.open(self, o)
  return make(self)
end

fleet.description = {
  "fleet", "Capacity that is ordered, arrives after its lead time, ages, and is retired after its "
    .. "life; what is rented stands beside it. It needs a horizon.",
  options = {
    { "online", "", "what is owned at the start, in GW of IT, or in GW_facility",
      default = "0 GW" },
    { "age", "", "how old that is: a time; \"spread\", equal parts of every age; or "
      .. "\"permanent\", always renewed and never retired", kind = "any", default = "0 yr" },
    { "book", "$bn", "what it is still worth; left out: its price, less the part of its life that "
      .. "is over", kind = "scalar", range = "not negative" },
    { "capex", "", "the price of capacity in the period of the order: \"38 $bn/GW\" of IT, per "
      .. "GW_facility, or by part: { it =, facility = }", kind = "any" },
    { "opex", "", "what running a GW costs, but for electricity where that has a price: "
      .. "\"0.9 $bn/GW/yr\"", range = "not negative" },
    { "life", "", "how long what is ordered in a period serves: \"5 yr\", or by part; left out: "
      .. "for good", kind = "any" },
    { "lead", "yr", "the time from order to arrival; left out: none", range = "not negative" },
    { "stages", "", "deliveries: a number, equal ones over the lead time; or, in place of lead, a "
      .. "list with the times from order to arrival: { { share = \"40 %\", after = \"12 mo\" }, "
      .. "... }", kind = "any" },
    { "pay", "", "when an order is paid", kind = "word", words = { "order", "delivery", "spread" },
      default = "order" },
    { "pue", "", "power at the meter per power of IT; a number, or in GW_facility/GW; left out: 1, "
      .. "and capacity is in GW of IT alone", range = "positive" },
    { "power_price", "", "of electricity, at the meter: \"0.08 $/kWh\"; left out: it is in opex",
      range = "not negative" },
    { "load", "1", "the share of its power that capacity draws", default = "1", range = "share" },
    { "utilisation", "1", "the share of capacity that can serve demand; left out: 1",
      range = "share" },
    { "utilization", "1", "the same as utilisation", range = "share" },
    { "rent_price", "$bn/GW/yr", "what rented capacity costs where :rent is given no price",
      range = "not negative" },
    { "unmet", "", "what becomes of demand that cannot be served", kind = "word",
      words = { "lost", "queued" }, default = "lost" },
    { "tokens", "", "what a GW serves: \"1.5e16 tok/GW/yr\", or what compute.tokens made",
      kind = "any" },
    { "gain", "", "by how much a vintage serves more per year that it is bought later",
      kind = "rate" },
    { "rate", "", "the cost of capital, for :annuity", kind = "rate" },
    { "priority", "", "a list of uses for :allocate, the first first", kind = "any" },
  },
  example = [[horizon { from = "2026", to = "2028" }
local fleet = compute.fleet {
  online = "1 GW", capex = "38 $bn/GW", opex = "0.9 $bn/GW/yr", life = "5 yr", lead = "1 yr" }
fleet:order(1, "0.5 GW")
print(fleet:online(2), fleet:capex(1), fleet:cost(2), fleet:depreciation(2))]],
  result = "1.5 GW\t19 $bn/yr\t1.35 $bn/yr\t11.4 $bn/yr\n",
  call = new,
}

return fleet
