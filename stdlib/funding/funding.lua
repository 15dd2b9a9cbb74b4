-- The module `funding`: cap tables, what can be raised, and the formulas by themselves.
local captable = require "funding/captable"
local instruments = require "funding/instruments"
local market = require "funding/market"
local waterfall = require "funding/waterfall"

-- --- Runway.

-- Time until the burn of each period, one after the other, has used the cash up.
local function runway_over(cash, burn)
  local left, time, alive = cash, 0 * dt, q "1":above(0)
  for t = 1, count_periods() do
    local rate = at(burn, t)
    local used = rate * dt
    local ends = used:at_least(left) & rate:above(0)
    time = time + when(alive, when(ends, max(left, 0) / rate, dt), 0)
    alive = alive & ~ends
    left = left - used
  end
  return when(alive, math.huge, time)
end

local function runway(cash, burn)
  if known(burn) == 0 then return constant_like(math.huge, q "1 yr") end
  if not has_unit(burn, "$/yr") then
    fail("burn must be money per time, as in \"2 $bn/yr\", not a quantity in %s", unit_of(burn))
  end
  if is_series(burn) and not is_series(cash) then return runway_over(cash, burn) end
  return when(burn:above(0), max(cash, 0) / burn, math.huge)
end

-- --- Convertible notes. Price = min(P (1 - d), P cap / pre).

local function note(o)
  if o.cap and not o.pre then
    fail("pre is missing: the pre-money valuation of the round, that the cap is compared with")
  end
  local owed = instruments.accrue(o.amount, instruments.interest_of(o) or 0, o.held, o.compound)
  local price = o.price * (1 - o.discount)
  if o.cap then price = min(price, o.price * o.cap / o.pre) end
  return { owed = owed:as(unit_of(o.amount)), price = price:as "$/share",
           shares = (owed / price):as "share" }
end

-- --- Anti-dilution. CP2 = CP1 (A + B) / (A + C): the new money would buy B shares at the old
-- price, and buys C.

local function anti_dilution(o)
  if (o.shares ~= nil) == (o.raise ~= nil) then
    fail("give shares, how many new ones there are, or raise, the new money")
  end
  local adjusted = o.new_price
  if o.method == "average" then
    if not o.base then fail("base is missing: the shares before, as in \"10 M share\"") end
    local issued = o.shares or o.raise / o.new_price
    local money = o.raise or o.shares * o.new_price
    adjusted = (o.price * o.base + money) / (o.base + issued)
  end
  return when(o.new_price:below(o.price), adjusted, o.price):as "$/share"
end

local money = { "pre", "$", "the valuation before the new money", range = "not negative" }
local raise = { "raise", "$", "the new money", range = "not negative" }

return module("funding", "what a company raises, from whom, at what price, and who gets what in "
  .. "the end", {
  { "captable",
    "a cap table: who holds how many shares. The holder called pool is the unissued option pool; a "
      .. "table in place of a number is a class of preferred shares, as captable:class takes it",
    usage = 'funding.captable { founders = "8 M share", pool = "1 M share", ... }',
    takes = { { "holders", "", "shares by the name of the holder", kind = "any" } },
    example = [[
local t = funding.captable { founders = "8 M share", pool = "1 M share" }
t:round { name = "seed", pre = "9 $M", raise = "3 $M" }
print(t:price "seed", t:ownership "seed", t:total())]],
    result = "1 $/share\t0.25\t12 M share\n",
    call = captable.new },
  { "market", "what can be raised at a valuation",
    options = {
      { "limit", "", "the most that a round can raise: a share of the valuation (\"20 %\"), money, "
        .. "a list of points { valuation, raise } with straight lines between them, or a function "
        .. "of the valuation; left out: no limit", kind = "any" },
      { "of", "", "the valuation that a share is of", kind = "word", words = { "pre", "post" },
        default = "pre" },
      { "rounds", "1", "how many rounds there can be; left out: "
        .. "any number", range = "not negative" },
    },
    example = [[
local m = funding.market { limit = "20 %", of = "post" }
print(m:limit "4 $tn")]],
    result = "1 $tn\n",
    call = market.new },
  waterfall.describe,
  { "runway", "how long the cash lasts; inf where nothing is burnt. Of a series of burn: until its "
    .. "sum has used the cash up, inf where the horizon ends before. Of a series of cash: for each "
    .. "period at its burn",
    takes = { { "cash", "$", "the money that there is" },
              { "burn", "", "what is spent, less what comes in, per time: \"50 $M/mo\"" } },
    example = [[print(funding.runway("250 $k", "50 $k/mo"):as "mo")]], result = "5 mo\n",
    call = runway },
  { "post", "the post-money valuation, pre + raise", takes = { money, raise },
    example = [[print(funding.post("730 $bn", "122 $bn"))]], result = "852 $bn\n",
    call = function(pre, new) return pre + new end },
  { "dilution", "the new investors' share of a round, raise / (pre + raise)",
    takes = { raise, money },
    example = [[print(funding.dilution("2 $M", "8 $M"))]], result = "0.2\n",
    call = function(new, pre) return new / (pre + new) end },
  { "pre_effective", "the pre-money valuation less the option pool in it, pre - pool (pre + raise)",
    takes = { money, raise,
              { "pool", "1", "the pool after the round, as a share of all", range = "share" } },
    example = [[print(funding.pre_effective("8 $M", "2 $M", "15 %"))]], result = "6.5 $M\n",
    call = function(pre, new, pool) return pre - pool * (pre + new) end },
  { "note", "what a convertible note becomes: a table of owed, price and shares. The price is the "
    .. "lower of price (1 - discount) and price cap / pre",
    options = {
      { "amount", "$", "the principal", required = true, range = "not negative" },
      { "price", "$/share", "the price per share of the round", required = true,
        range = "positive" },
      { "pre", "$", "the pre-money valuation of the round, for a cap", range = "positive" },
      { "cap", "$", "the valuation cap; left out: none", range = "positive" },
      { "discount", "1", "what is taken off the price", default = "0 %", range = "share" },
      { "interest", "", "per year; left out: none", kind = "rate" },
      { "rate", "", "the same", kind = "rate" },
      { "held", "yr", "how long it has accrued", default = "0 yr", range = "not negative" },
      { "compound", "", "true: interest on interest, yearly", kind = "boolean", default = false },
    },
    example = [[
local n = funding.note { amount = "25 $k", cap = "5 $M", discount = "20 %", price = "5 $/share",
                         pre = "10 $M" }
print(n.price, n.shares)]],
    result = "2.5 $/share\t10000 share\n",
    call = note },
  { "anti_dilution",
    "the conversion price after new shares at a lower price: the weighted average, the old price "
      .. "times (A + B)/(A + C), with A the base, B the raise over the old price and C the new "
      .. "shares; or the new price",
    options = {
      { "price", "$/share", "the conversion price before", required = true, range = "positive" },
      { "new_price", "$/share", "the price of the new shares", required = true,
        range = "not negative" },
      { "shares", "share", "how many new ones there are", range = "not negative" },
      { "raise", "$", "the new money, in place of shares", range = "not negative" },
      { "base", "share", "the shares before: all, fully diluted, for a broad-based average; "
        .. "preferred alone for a narrow-based one", range = "not negative" },
      { "method", "", "weighted average, or full ratchet", kind = "word",
        words = { "average", "ratchet" }, default = "average" },
    },
    example = [[
print(funding.anti_dilution { price = "2 $/share", new_price = "1 $/share", shares = "2 M share",
                              base = "10 M share" })]],
    result = "1.83333 $/share\n",
    call = anti_dilution },
})
