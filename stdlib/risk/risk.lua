-- What may happen, and what it does to the rest of a scenario.
local event = require "risk/event"
local amounts = require "shared/amounts"
local clock = require "shared/clock"
local over_time = require "shared/over_time"
local tables = require "shared/tables"

local period = over_time.period
local asked = {
  tables.with(period, { kind = "any" }),
  { "what", "", "which effect, where the event has several", kind = "any", optional = true },
}

-- A period and a name, in either order.
local function in_order(t, what)
  if type(t) == "string" or type(what) == "number" then t, what = what, t end
  if t ~= nil and (math.type(t) ~= "integer" or t < 1 or t > count_periods()) then
    fail("t must be a period from 1 to %d, not %s", count_periods(), tostring(t))
  end
  if what ~= nil and type(what) ~= "string" then
    fail('what must be the name of an effect, as in "revenue", not %s', tostring(what))
  end
  return t, what
end

local example_event = [[
horizon { from = "2026", to = "2030" }
local e = risk.event { name = "antitrust", at = "18 mo", effect = "-30 %", duration = "2 yr",
                       loss = "5 $bn" }
]]

local function method(name, doc, call, ask, result)
  return { name, doc, takes = { period }, call = call, result = result,
           example = example_event .. ("print(e:%s)"):format(ask) }
end

-- Effects ------------------------------------------------------------------------------------

-- The names of the effects, for a message.
local function names_of(effects)
  local names = {}
  for name in pairs(effects) do
    names[#names + 1] = ('"%s"'):format(name)
  end
  return table.concat(names, ", ")
end

local function factor_of(e, t, what)
  if what and e.effects[what] == nil and e.named then
    fail("%s has no effect on \"%s\": it has effects on %s", e.name, what, names_of(e.effects))
  elseif not what and e.named then
    fail("%s has effects on %s: say which, as in event:factor(t, %s)", e.name,
         names_of(e.effects), names_of(e.effects):match("[^,]+"))
  end
  return event.factor(e, t, e.named and what or nil)
end

-- Nothing can lose more than all. A series that is still being filled is checked as far as it is.
local change_of = {}

function change_of.effect(x, what)
  local beyond = amounts.first_beyond(x, -1)
  if beyond then
    fail('%s must be a change of -100 %% or more, as in "-30 %%", not %s', what, tostring(beyond))
  end
  return x
end

function change_of.factor(x, what)
  local below = amounts.first_below_0(x)
  if below then fail("%s must be 0 or more, not %s", what, tostring(below)) end
  return x - 1
end

-- What an option gives, as a change: one under 1, or several by name.
local function changes_of(given, option)
  local function change(x, what) return change_of[option](in_unit(x, q "1", what), what) end
  if type(given) ~= "table" then return { change(given, option) } end
  local changes = {}
  for name, value in pairs(given) do
    if type(name) ~= "string" then
      fail('%s must be a value such as "-30 %%", or values by name: { revenue = "-30 %%" }', option)
    end
    changes[name] = change(value, ("%s on %s"):format(option, name))
  end
  return changes
end

local function effects_of(o)
  if o.factor ~= nil and o.effect ~= nil then
    fail("effect and factor say the same: give one of them")
  end
  if o.factor ~= nil then return changes_of(o.factor, "factor") end
  return changes_of(o.effect == nil and 0 or o.effect, "effect")
end

local function factor_over(t, what, f)
  t, what = in_order(t, what)
  if t then return f(t, what) end
  return over_periods(function(s) return f(s, what) end)
end

-- Objects ------------------------------------------------------------------------------------

local new_event = class("event", "Something that may happen, and its effects.", {
  method("starts", "the condition that it happens in the period", event.starts, "starts(2)",
         "true\n"),
  method("happened", "the condition that it has happened by the end of the period",
         event.happened, "happened(1)", "false\n"),
  method("active", "the condition that it is felt in the period", event.active, "active(4)",
         "false\n"),
  method("strength", "how strongly it is felt, from 0 to 1", event.strength, "strength(3)", "1\n"),
  { "factor", "what to multiply by: 1 + strength x effect; of one effect where there are several",
    takes = asked, example = example_event .. "print(e:factor(1), e:factor(2))",
    result = "1\t0.7\n",
    call = function(e, t, what)
      return factor_over(t, what, function(s, name) return factor_of(e, s, name) end)
    end },
  method("loss", "the amount that it costs in the period in which it happens", event.loss,
         "loss(2)", "5 $bn\n"),
  { "time", "when it first happens, shown as a date; never is infinite",
    example = example_event .. "print(e:time())", result = "2027\n",
    call = function(e)
      local happened = event.happened(e)
      return happened:first_when(happened)
    end },
})

-- What a combination has of an effect: the product over the events that have it.
local function combined(c, t, what)
  local product = q(1)
  for _, e in ipairs(c.events) do
    if what == nil or not e.named or e.effects[what] then
      product = product * factor_of(e, t, e.named and what or nil)
    end
  end
  return product
end

local new_combination = class("combination", "Several events that act together.", {
  { "factor", "the product of the factors of the events", takes = asked,
    example = [[
horizon { periods = 2 }
local both = risk.combine {
  risk.event { name = "a", at = "0 yr", effect = "-13.2 %" },
  risk.event { name = "b", at = "1 yr", effect = "-10 %" },
}
print(both:factor())]], result = "1: 0.868 ... 2: 0.7812\n",
    call = function(c, t, what)
      return factor_over(t, what, function(s, name) return combined(c, s, name) end)
    end },
  { "active", "how many of them are felt in the period", takes = { period },
    call = function(c, t)
      return clock.value(c, "active", t, function(s)
        local sum = q(0)
        for _, e in ipairs(c.events) do sum = sum + event.active(e, s) end
        return sum
      end)
    end },
  { "loss", "the sum of what they cost once", takes = { period },
    call = function(c, t)
      return clock.value(c, "loss", t, function(s)
        local sum = q "0 $"
        for _, e in ipairs(c.events) do sum = sum + event.loss(e, s) end
        return #c.events > 0 and sum:as(unit_of(c.events[1].loss)) or sum
      end)
    end },
})

-- Measures -----------------------------------------------------------------------------------

local function check_share(p)
  local share = known(p)
  if share == nil or share <= 0 or share >= 1 then
    fail("p must be a plain share between 0 and 100 %%, such as 0.05, not %s", tostring(p))
  end
  return share
end

-- The mean of x over the samples in which it is at its quantile of p or below.
local function shortfall(x, p)
  local worst = x:at_most(x:quantile(p) * q("1 " .. summary(x).unit))
  return summary((x * worst):as(summary(x).unit)).mean / chance(worst)
end

local example_measure = [[local x = dist.discrete { { "-10 $bn", 1 }, { "0 $bn", 9 },
                                { "5 $bn", 90 } }
]]

return module("risk", "Events and their effects, and measures of what is at risk.", {
  { "event", "something that may happen, with a rate per year, a chance, or a date",
    options = {
      { "name", "", "what its draws are named by", kind = "text", required = true },
      { "rate", "", 'how often it happens, as in "5 %/yr"; it may vary over the periods',
        kind = "rate", range = "not negative" },
      { "chance", "1", "the probability that it happens between from and till, at any time alike; "
        .. "with at, that it happens then", kind = "scalar", range = "share" },
      { "at", "", "when it happens: a time from the start of the horizon, a date, or the number of "
        .. "a period", kind = "any" },
      { "from", "", "when it first can happen: a time, a date or a period", kind = "any",
        default = "0 yr" },
      { "till", "", "when it last can: a time, a date or a period; the end of the horizon where "
        .. "it is left out", kind = "any" },
      { "when", "", "a condition on which alone it can happen, such as that of another event",
        kind = "condition" },
      { "repeats", "", "whether it can happen again", kind = "boolean", default = false },
      { "effect", "", 'the change that it makes, as in "-30 %", or changes by name: { revenue = '
        .. '"-30 %", cost = "20 %" }', kind = "any" },
      { "factor", "", "the same as a multiplier: 0.7 for -30 %", kind = "any" },
      { "loss", "$", "what it costs once, when it happens", default = "0 $" },
      { "onset", "yr", "the time until it is felt in full", kind = "scalar", default = "0 yr",
        range = "not negative" },
      { "duration", "yr", "how long it is felt in full, from its beginning", kind = "scalar",
        default = "inf yr", range = "not negative" },
      { "recovery", "yr", "the time after that in which it fades", kind = "scalar",
        default = "0 yr", range = "not negative" },
    },
    example = [[
horizon { from = "2026", to = "2030" }
local war = risk.event { name = "price war", at = "2028", effect = "-40 %", duration = "1 yr",
                         recovery = "2 yr" }
print(war:factor(2), war:factor(3), war:factor(4), war:factor(5))]],
    result = "1\t0.6\t0.7\t0.9\n",
    call = function(o)
      o.effects = effects_of(o)
      o.named = o.effects[1] == nil
      return new_event(event.new(o))
    end },
  { "combine", "several events together: the product of their factors",
    takes = { { "events", "", "a list of events", kind = "any" } },
    usage = "risk.combine { event, ... }",
    example = [[
horizon { periods = 1 }
print(risk.combine { risk.event { name = "a", at = "0 yr", factor = 0.868 },
                     risk.event { name = "b", at = "0 yr", factor = 0.9 } }:factor(1))]],
    result = "0.7812\n",
    call = function(events)
      if type(events) ~= "table" then fail("it takes a list of events: { event, ... }") end
      local list = {}
      for i, e in ipairs(events) do
        list[i] = state_of(e, "event") or fail("number %d of the list is no event", i)
      end
      return new_combination { events = list }
    end },
  { "at_risk", "evaluates at once: the number, in the unit that summary(x) has, that x is below "
    .. "with probability p; of a profit, its negative is the value at risk",
    takes = { { "x", "", "what is at risk" },
              { "p", "1", "the probability", kind = "scalar", default = "5 %" } },
    example = example_measure .. "print(risk.at_risk(x, 0.05))", result = "0.0\n",
    call = function(x, p) return x:quantile(check_share(p)) end },
  { "shortfall", "evaluates at once: the expected shortfall, the mean of x over the worst share p "
    .. "of the samples", takes = { { "x", "", "what is at risk", kind = "scalar" },
                                   { "p", "1", "the share", kind = "scalar", default = "5 %" } },
    example = [[print(risk.shortfall(q "3 $bn", 0.05))]], result = "3.0\n",
    call = function(x, p) return shortfall(x, check_share(p)) end },
})
