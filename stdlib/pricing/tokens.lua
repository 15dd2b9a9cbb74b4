-- Prices of tokens: input, output, input read from a cache and written to one, in batches, by
-- model, and falling over the years. A part b of the tokens sent in batches costs 1 - b discount
-- of the price, of cached tokens too.

local amounts = require "shared/amounts"
local tables = require "shared/tables"
local units = require "pricing/units"
local of_period = units.of_period

local kinds = { "input", "output", "cached", "write" }

-- --- Reading.

-- A price which may be given as a part of that of input.
local function price_or_part(x, input, what)
  if x == nil then return input end
  x = q(1) * x
  if units.is_plain(x) and known(x) ~= 0 then return input * x end
  return in_unit(x, input, what)
end

local function read_prices(o, where)
  if not o.input or not o.output then
    fail("%s%s is missing: the price of tokens, as in \"3 $/Mtok\"",
         o.input and "output" or "input", where)
  end
  return { input = o.input, output = o.output,
           cached = price_or_part(o.cached, o.input, "cached" .. where),
           write = price_or_part(o.write, o.input, "write" .. where) }
end

local function read_list(o, where)
  return { prices = read_prices(o, where), batch_discount = o.batch_discount, decline = o.decline,
           shown = unit_of(o.input) }
end

local fields = { input = true, output = true, cached = true, write = true, batch_discount = true,
                 decline = true }

-- The table of models, as checked as what is described.
local function check_model(o, name, defaults)
  local where = " of " .. name
  if type(o) ~= "table" then
    fail("model %s must be a table such as { input = \"3 $/Mtok\" }", name)
  end
  for key in pairs(o) do
    if not fields[key] then
      fail("there is no option \"%s\"%s: it takes input, output, cached, write, batch_discount and "
           .. "decline", key, where)
    end
  end
  local one, checked = q "1 $/Mtok", { cached = o.cached, write = o.write }
  checked.input = o.input and in_unit(o.input, one, "input" .. where)
  checked.output = o.output and in_unit(o.output, one, "output" .. where)
  checked.batch_discount = in_unit(o.batch_discount or defaults.batch_discount, q(1),
                                   "batch_discount" .. where)
  checked.decline = o.decline and in_unit(o.decline, q "1 1/yr", "decline" .. where) * "1 yr"
                    or defaults.decline
  return checked
end

local function check_mix(mix, models)
  local weights, total = {}, 0
  for name, weight in pairs(mix) do
    if not models[name] then fail("mix: there is no model \"%s\"", name) end
    weights[name] = in_unit(weight, q(1), "mix of " .. name)
    total = total + weights[name]
  end
  if known(total) == 0 then fail("mix: the weights add up to 0") end
  return weights, total
end

local function read_models(o)
  local models = {}
  for name, model in pairs(o.models or {}) do
    models[name] = read_list(check_model(model, name, o), " of " .. name)
  end
  for _, entry in ipairs(o.named) do
    entry.batch_discount = entry.batch_discount or o.batch_discount
    entry.decline = entry.decline or o.decline
    models[entry.name] = read_list(entry, " of " .. entry.name)
  end
  return models
end

local function read(o)
  local models = read_models(o)
  if next(models) == nil then return read_list(o, "") end
  if o.input or o.output then
    fail("there are prices both with and without a model: put all of them into models")
  end
  local self = { models = models, shown = select(2, next(models)).shown }
  if o.mix then self.weights, self.total = check_mix(o.mix, models) end
  return self
end

-- --- Prices.

-- What is left of the first period's prices in period t; nothing where they fall by 100 % or more.
local function decline_factor(decline, t)
  return max(1 - of_period(decline, t), 0) ^ ((t - 1) * dt / "1 yr")
end

local function declined(self, price, t)
  local is_today = not t and count_periods() == 0
  if known(self.decline) == 0 or is_today then return of_period(price, t) end
  if t then return of_period(price, t) * decline_factor(self.decline, t) end
  return over_periods(function(s) return at(price, s) * decline_factor(self.decline, s) end)
end

local function names_of(models)
  local names = {}
  for name in pairs(models) do names[#names + 1] = name end
  return table.concat(names, ", ")
end

local function model(self, name)
  if self.models and self.models[name] then return self.models[name] end
  fail("there is no model \"%s\"%s", name,
       self.models and ": there are " .. names_of(self.models) or ": the prices are of one model")
end

-- The price of a kind of token of which a part is sent in batches.
local function price_of(self, kind, t, batch_share)
  if not self.models then
    local price = declined(self, self.prices[kind], t)
    return batch_share and price * (1 - batch_share * of_period(self.batch_discount, t)) or price
  end
  if not self.weights then
    fail("model is missing: say which of %s, or give pricing.tokens a mix of them",
         names_of(self.models))
  end
  local sum = 0
  for name, weight in pairs(self.weights) do
    sum = sum + of_period(weight, t) * price_of(self.models[name], kind, t, batch_share)
  end
  return amounts.ratio(sum, of_period(self.total, t))
end

local function price(self, kind, t) return units.show(price_of(self, kind, t), self.shown) end

-- --- Charges.

-- Whether x is tokens, or so many per time, user, request or anything else.
local function is_tokens(x)
  return units.is_unit_of(unit_of(x):match "^[^/]*", "tok")
end

-- Numbers without a unit are tokens.
local function tokens(x, t, kind)
  if not x then return nil end
  x = of_period(x, t)
  if units.is_plain(x) then return x * "1 token" end
  if is_tokens(x) then return x end
  fail("%s must be tokens, as in \"3 Mtok/mo\", not %s", kind, unit_of(x))
end

-- The tokens of each kind, all of one dimension, and what was given of the first that is not 0.
local function counts(o)
  local found, like, given = {}, nil, nil
  for _, kind in ipairs(kinds) do
    found[kind] = tokens(o[kind], o.t, kind)
    if found[kind] and (not like or known(like) == 0) then like, given = found[kind], o[kind] end
  end
  for kind, count in pairs(found) do
    found[kind] = known(count) == 0 and constant_like(0, like) or in_unit(count, like, kind)
  end
  if o.cached_share and found.input then
    local read = found.input * of_period(o.cached_share, o.t)
    found.input, found.cached = found.input - read, found.cached and found.cached + read or read
  end
  return found, given
end

-- What is sent in batches goes by two names.
local function share_in_batches(o)
  if o.batch and o.batch_share then
    fail("batch and batch_share are the same: give one of them")
  end
  return o.batch or o.batch_share
end

local function charge_one(self, o)
  local list = o.model and model(self, o.model) or self
  local batch_share = share_in_batches(o)
  batch_share = batch_share and of_period(batch_share, o.t)
  local found, given = counts(o)
  if not given then
    fail("there are no tokens%s: give input or output, as in input = \"3 Mtok/mo\"",
         o.name and " of " .. o.name or "")
  end
  local total = 0
  for _, kind in ipairs(kinds) do
    if found[kind] then total = total + found[kind] * price_of(list, kind, o.t, batch_share) end
  end
  if o.requests then return units.times(total, of_period(o.requests, o.t), "requests") end
  local written = unit_of(given):match "/.*$" or ""
  return units.show(total, (self.shown:match "^[^/]*" or "$") .. written)
end

-- The sum of what each model is charged for; what stands beside the models holds for those that
-- do not say otherwise.
local function charge_by_model(self, o)
  for _, name in ipairs { "model", table.unpack(kinds) } do
    if o[name] then fail("%s stands beside models: put all tokens into those", name) end
  end
  local batch_share, total = share_in_batches(o), nil
  for _, entry in ipairs(o.named) do
    entry.model, entry.t = entry.name, o.t
    entry.cached_share = entry.cached_share or o.cached_share
    entry.requests = entry.requests or o.requests
    entry.batch_share = share_in_batches(entry) or batch_share
    entry.batch = nil
    local part = charge_one(self, entry)
    total = total and total + in_unit(part, total, "the charge of " .. entry.name) or part
  end
  return total
end

local function charge(self, o)
  return #o.named > 0 and charge_by_model(self, o) or charge_one(self, o)
end

local function blended(self, o)
  local list = o.model and model(self, o.model) or self
  local batch_share = share_in_batches(o)
  local function of(kind) return price_of(list, kind, o.t, batch_share) end
  local input = o.cached_share and of "input" * (1 - o.cached_share) + of "cached" * o.cached_share
                or of "input"
  local ratio = of_period(o.input_output, o.t)
  return units.show((input * ratio + of "output") / (ratio + 1), self.shown)
end

local period = { "t", "", "the period; by default all", kind = "period" }
local which = { "model", "", "which model, where there are several and no mix", kind = "text" }
local batch_share = { "batch_share", "1", "the part that is sent in batches", range = "share" }
local batch = { "batch", "1", "the same as batch_share", range = "share" }
local cached_share = { "cached_share", "1", "the part of the input that is read from the cache",
                       range = "share" }

local usage = {
  { "input", "", "tokens in; numbers are tokens" },
  { "output", "", "tokens out, those of reasoning among them" },
  { "cached", "", "tokens read from the cache, not counted in input" },
  { "write", "", "tokens written to the cache, not counted in input" },
  cached_share, batch_share, batch, { "requests", "", "so many times the tokens" },
}

local sonnet = [[local sonnet = pricing.tokens { input = "3 $/Mtok", output = "15 $/Mtok",
  cached = "0.3 $/Mtok", write = "3.75 $/Mtok", batch_discount = "50 %" }
]]

local price_list
price_list = class("price_list", "Prices of tokens, made by pricing.tokens. Where a decline "
  .. "is given, results without a period are series over the horizon, or, without a horizon, "
  .. "today's.", {
  { "charge", "what tokens cost: money, or per time, user or request as they are; `input` is what "
    .. "is not read from the cache, but with cached_share all of it; of several models the sum, "
    .. "as in charge { sonnet = { input = \"3 Mtok\" }, haiku = { input = \"9 Mtok\" } }",
    options = tables.append({ which, period }, usage), named = usage, call = charge,
    example = sonnet .. [[print(sonnet:charge { input = 1000, cached = 100000, output = 1000 })
print(sonnet:charge { input = "1 Mtok/mo", output = "0.2 Mtok/mo", batch_share = "100 %" })]],
    result = "0.048 $\n3 $/mo\n" },
  { "price", "the price of a kind of tokens, of the mix where there is one",
    takes = { { "kind", "", "of which tokens", kind = "word", words = kinds },
      { "t", "", "the period; by default all", kind = "period", optional = true } },
    call = price, example = sonnet .. [[print(sonnet:price "output")]], result = "15 $/Mtok\n" },
  { "blended", "the average price at so many tokens of input for one of output",
    options = { { "input_output", "1", "tokens of input for one of output", default = "3",
                  range = "not negative" }, cached_share, batch_share, batch, which,
      period },
    call = blended, example = sonnet .. "print(sonnet:blended())", result = "6 $/Mtok\n" },
  { "model", "the prices of one model",
    takes = { { "name", "", "of the model", kind = "text" } },
    call = function(self, name) return price_list(model(self, name)) end },
})

local unit = "$/Mtok"
local batch_discount = { "batch_discount", "1", "off all prices for what is sent in batches",
                         range = "share" }
local decline = { "decline", "1/yr", "how fast prices fall, as in \"50 %/yr\"; those given are of "
                  .. "the first period", kind = "rate" }

return {
  "tokens", "prices of tokens by kind, and by model",
  options = {
    { "input", unit, "the price of tokens in" },
    { "output", unit, "the price of tokens out" },
    { "cached", "", "of input read from a cache: a price, or a part of that of input such as "
      .. "\"10 %\"; by default that of input" },
    { "write", "", "of input written to a cache; by default that of input" },
    tables.with(batch_discount, { default = "0" }), tables.with(decline, { default = "0" }),
    { "models", "", "several models: { sonnet = { input =, output = }, ... }", kind = "any" },
    { "mix", "", "the weights of models in the tokens used: { sonnet = \"70 %\", ... }",
      kind = "any" },
  },
  named = {
    { "input", unit, "the price of tokens in" },
    { "output", unit, "the price of tokens out" },
    { "cached", "", "of input read from a cache" },
    { "write", "", "of input written to a cache" },
    batch_discount, decline,
  },
  example = [[local list = pricing.tokens { models = {
  sonnet = { input = "3 $/Mtok", output = "15 $/Mtok" },
  haiku = { input = "1 $/Mtok", output = "5 $/Mtok" },
}, mix = { sonnet = 0.7, haiku = 0.3 } }
print(list:charge { input = "3 Mtok", output = "1 Mtok" }, list:price "input")]],
  result = "19.2 $\t2.4 $/Mtok\n",
  call = function(o) return price_list(read(o)) end,
}
