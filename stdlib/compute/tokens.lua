-- How many tokens capacity serves, and what they cost.

local options = require "shared/options"
local token_rate = {}

-- The tokens per GW in period t, or as they are.
local function per_gw(self, t)
  local now = t and at(self.per_gw, t) or self.per_gw
  if not self.growth then return now end
  local growth = t and at(self.growth, t) or self.growth
  return (now * growth):as(self.unit)
end

-- Methods take (t, x), or (x) for all periods: 0 is no period.
local function split(self, t, x, what, example)
  if x == nil and t ~= nil and (math.type(t) ~= "integer" or t == 0) then t, x = nil, t end
  if x == nil then fail("%s is missing, as in %s", what, example) end
  if t ~= nil and (math.type(t) ~= "integer" or t < 1 or t > count_periods()) then
    fail("t must be a period from 1 to %d, not %s", count_periods(), t)
  end
  x = q(x)
  return t, t and at(x, t) or x
end

-- x over what a GW serves in use. Where it serves nothing that is 0 for an x of nothing, and else
-- without end.
local function over_use(self, t, x)
  local use = per_gw(self, t) * self.utilisation
  local number = known(use)
  if number and number > 0 then return x / use end
  return when(use:above(0) | ~x:equals(0), x / use, 0)
end

local function power_of(gw, what) return in_unit(gw, q "1 GW", what) end

local period = { "t", "", "the period; left out: all", kind = "any", optional = true }

local function served(self, t, gw)
  t, gw = split(self, t, gw, "gw", "\"2 GW\"")
  return power_of(gw, "gw") * per_gw(self, t) * self.utilisation
end

local make = class("token_rate", "what capacity serves, made by compute.tokens", {
  { "per_gw", "The tokens that a GW serves in a period.",
    takes = { { "t", "", "the period; left out: all", kind = "period", optional = true } },
    example = [[horizon { periods = 3 }
local t = compute.tokens { per_gw = "1e16 tok/GW/yr", gain = "100 %/yr" }
print(t:per_gw(3))]], result = "4e+16 tok/GW/yr\n",
    call = per_gw },
  { "served", "The tokens that so much capacity serves: gw * per_gw * utilisation.",
    takes = { period, { "gw", "", "the capacity, of IT", kind = "any", optional = true } },
    example = [[local t = compute.tokens { per_gw = "1e16 tok/GW/yr" }
print(t:served("2 GW"):as "tok/yr")]], result = "2e+16 tok/yr\n",
    call = served },
  { "serve", "The same as served.",
    takes = { period, { "gw", "", "the capacity, of IT", kind = "any", optional = true } },
    call = served },
  { "needed", "The capacity that a demand needs: tokens / (per_gw * utilisation). Where a GW "
      .. "serves nothing, none for a demand of 0 and else inf.",
    takes = { period, { "tokens", "", "the demand, in tok/yr", kind = "any", optional = true } },
    example = [[local t = compute.tokens { per_gw = "1e16 tok/GW/yr" }
print(t:needed "5e16 tok/yr")]], result = "5 GW\n",
    call = function(self, t, tokens)
      t, tokens = split(self, t, tokens, "tokens", "\"5e16 tok/yr\"")
      tokens = in_unit(tokens, q "1 tok/yr", "tokens")
      return over_use(self, t, tokens):as "GW"
    end },
  { "cost", "What tokens cost at a price of capacity: price / (per_gw * utilisation), per million. "
      .. "Where a GW serves nothing, nothing at a price of 0 and else inf.",
    takes = { period, { "gw_price", "", "what a GW costs, in $bn/GW/yr", kind = "any",
                        optional = true } },
    example = [[local t = compute.tokens { per_gw = "1.515e16 tok/GW/yr" }
print(t:cost "13.5 $bn/GW/yr")]], result = "0.891089 $/Mtok\n",
    call = function(self, t, price)
      t, price = split(self, t, price, "gw_price", "\"13.5 $bn/GW/yr\"")
      price = in_unit(price, q "1 $bn/GW/yr", "gw_price")
      return over_use(self, t, price):as "$/Mtok"
    end },
})

function token_rate.new(o)
  return make {
    per_gw = o.per_gw, unit = unit_of(o.per_gw),
    utilisation = options.either(o, "utilisation", "utilization") or q(1),
    growth = o.gain and count_periods() > 0 and grow(1, o.gain / "1 yr") or nil,
  }
end

token_rate.description = {
  "tokens", "How many tokens a GW serves, which improves from period to period.",
  options = {
    { "per_gw", "tok/GW/yr", "what a GW of IT serves at full load, in the first period; "
      .. "\"tok/s/MW\" does as well", required = true, range = "not negative" },
    { "gain", "", "by how much that grows per year, compounded, as in `grow`: \"100 %/yr\" or 1 "
      .. "doubles it, 3 is + 300 %, four times as much; the first period is at the start",
      kind = "rate" },
    { "utilisation", "1", "the share of it that is used; left out: 1", range = "share" },
    { "utilization", "1", "the same as utilisation", range = "share" },
  },
  example = [[local t = compute.tokens { per_gw = "1000 tok/s/MW" }
print(t:per_gw():as "tok/GW/yr")]], result = "31557600000000 tok/GW/yr\n",
  call = token_rate.new,
}

return token_rate
