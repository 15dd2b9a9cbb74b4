-- Schedules of prices by quantity, read. Inside, usage and bounds are numbers of `per`, and prices
-- money per `per`; so a schedule knows four kinds of values: numbers, money (or money per time, as
-- for seats), and on the outside usage and results, which may be rates.

local units = require "pricing/units"

local billing_periods = { day = "1 day", week = "1 week", month = "1 mo", quarter = "1 quarter",
                          year = "1 yr" }

-- `per` as a quantity: "Mtok", "1000 request".
local function read_per(text)
  if is_quantity(text) then return text end
  local parses, per = pcall(function() return q("1 " .. text) end)
  if not parses then per = q(text) end
  if not (known(per) and known(per) > 0) then
    fail("per must be a unit, as in \"Mtok\", or so many of it, as in \"1000 request\", not %s",
         per)
  end
  return per
end

-- Where `per` is left out, the first price that is per something says it, or else the first bound
-- with a unit; nil where all are plain. Prices of percent are of money.
local function infer_per(rows)
  for _, row in ipairs(rows) do
    local unit = row.price and not units.is_money(row.price) and units.counted_in(row.price)
    if unit then return read_per(unit) end
  end
  local has_percent, has_fee
  for _, row in ipairs(rows) do
    if row.upto and not units.is_plain(row.upto) then return read_per(unit_of(row.upto)) end
    has_percent = has_percent or row.price and units.is_plain(row.price) and known(row.price) ~= 0
    has_fee = has_fee or row.flat and not units.is_plain(row.flat)
  end
  return has_percent and has_fee and q "1 $" or nil
end

-- What prices are shown per: as the first that costs something is written.
local function infer_each(rows)
  for _, row in ipairs(rows) do
    if row.price and known(row.price) ~= 0 and not units.is_money(row.price) then
      return units.counted_in(row.price)
    end
  end
end

-- The prices that are parts of money.
local function infer_parts(rows)
  local parts = {}
  for _, row in ipairs(rows) do
    if row.price and units.is_plain(row.price) then parts[#parts + 1] = row.price end
  end
  return parts
end

-- A price as money for one `per`, which it may be already.
local function price_of_one(self, price, what)
  local of_one = self.per and not units.is_plain(self.per) and price * self.per
  if of_one and units.is_money(of_one) then return of_one end
  if units.is_money(price) or known(price) == 0 then return price end
  if not of_one and units.is_plain(price) then return price end
  fail("%s must be money, as in \"5 $/%s\", not %s", what, self.per and unit_of(self.per) or "Mtok",
       units.found(price))
end

-- A fee for a billing period, which may be written as one per time: "20 $/mo".
local function fee(self, x, what)
  if not units.is_rate(self.money) and units.is_rate(x) then x = x * self.billing end
  return in_unit(x, self.money, what)
end

-- A quantity as a number of `per`, for a billing period where it is a rate. What is left of its
-- unit, as the user in "Mtok/user", is given too.
local function count(self, x, what)
  local number = units.is_plain(x) and x or self.per and x / self.per or units.count(x) or x
  for _, left in ipairs { "1", "1/user", "1/seat", "1/request" } do
    local is_rate = has_unit(number, left .. "/yr")
    if is_rate then number = number * self.billing end
    if has_unit(number, left) then
      return left == "1" and number or number / ("1 " .. left), left, is_rate
    end
  end
  fail("%s must be in %s%s, not %s", what, self.per and unit_of(self.per) or "plain numbers",
       self.per and " or numbers of it" or "; to count in a unit give per, as in per = \"Mtok\"",
       units.found(x))
end

local function number_of(self, x, what) return (count(self, x, what)) end

local function check_rising(bound, last, k)
  if bound and last and bound <= last then
    fail("upto of tier %d must be above that of tier %d: bounds rise from tier to tier", k, k - 1)
  end
  return bound or last
end

-- `from` is not needed; what it says must be where the tier begins, or one unit later.
local function check_from(from, last, k)
  if from and from ~= last and from ~= last + 1 then
    fail("from of tier %d leaves a gap or overlaps: the tier begins where the one before ends", k)
  end
end

local function read_bounds(self, rows)
  local last = 0
  for k, row in ipairs(rows) do
    local tier = self.tiers[k]
    tier.upto = row.upto and number_of(self, row.upto, "upto of tier " .. k) or q(math.huge)
    if not row.upto and k < #rows then
      fail("upto of tier %d is missing: only the last tier may go on without end", k)
    end
    check_from(row.from and known(number_of(self, row.from, "from of tier " .. k)), last, k)
    last = check_rising(known(tier.upto), last, k)
  end
end

local function check_priced(row, k, stairstep)
  if not row.price and not row.flat then
    fail("tier %d has no price: give price or flat, as in price = \"5 $/Mtok\" or flat = \"2 $\"; "
         .. "what is free has price = 0", k)
  end
  if stairstep and row.price and row.flat then
    fail("tier %d has price and flat: a step has one price, whatever the usage", k)
  end
end

-- The money of the schedule is that of the first price or fee, and shown as that is written;
-- charges at percentages are shown in the unit of the usage.
local function read_money(self, x, written)
  self.money = self.money or x
  if not self.shown and not units.is_plain(written) then
    self.shown = units.money_of(written, self.money)
  end
end

-- The prices, of one `per` each.
local function read_prices(self, rows, stairstep)
  local prices, free = {}, true
  for k, row in ipairs(rows) do
    check_priced(row, k, stairstep)
    local step = stairstep and (row.flat or row.price)
    prices[k] = row.price and not step and price_of_one(self, row.price, "price of tier " .. k)
    local money = prices[k] or step or row.flat
    free = free and known(money) == 0
    for _, x in ipairs { prices[k] or false, step or row.flat or false } do
      if x and units.is_money(x) then read_money(self, x, x == prices[k] and row.price or x) end
    end
  end
  self.money = self.money or q(free and "0 $" or "0")
  for k, row in ipairs(rows) do
    local tier, flat = self.tiers[k], row.flat or stairstep and row.price or 0
    tier.price = in_unit(prices[k] or 0, self.money, "price of tier " .. k)
    tier.flat = fee(self, flat, "flat of tier " .. k)
  end
end

local function read_limits(self, o)
  self.free = o.free and number_of(self, o.free, "free") or q(0)
  self.maximum = o.maximum and fee(self, o.maximum, "maximum")
  self.at_least_one = o.minimum == "one"
  if o.minimum and not self.at_least_one then self.minimum = fee(self, o.minimum, "minimum") end
  if self.at_least_one and self.mode ~= "package" then
    fail("minimum = \"one\" is one package; in mode \"%s\" it is money, as in \"10 $\"", self.mode)
  end
end

-- A package may be written among the options or as the one row.
local function package_row(o)
  local row = o.rows[1] or {}
  if #o.rows > 1 then fail("packages have one size and price: give one row") end
  local size, price = row.size or o.size, row.price or o.price or row.flat
  if not size then fail("size is missing: how much a package holds, as in \"20 Mtok\"") end
  if not price then fail("price is missing: that of a package, as in \"10 $\"") end
  if row.upto then fail("packages have no bounds: leave upto out, or choose another mode") end
  o.free = row.free or o.free
  return { upto = size, flat = price }
end

local function read_package(self, o)
  local row = package_row(o)
  self.per = self.per or infer_per { row }
  self.size = number_of(self, row.upto, "size")
  if known(self.size) and not (known(self.size) > 0) then fail("size must be above 0") end
  -- A price of a package may also be written per unit, as in "2 $/Mtok" with a size of 5 Mtok.
  local price = price_of_one(self, row.flat, "price")
  self.price = price
  if self.per and not units.is_money(row.flat) and not units.is_plain(row.flat) then
    self.price = price * self.size
  end
  self.money, self.shown = self.price, units.money_of(row.flat, self.price)
end

-- A bound goes by two names.
local function read_spellings(o)
  for k, row in ipairs(o.rows) do
    if row.upto and row.up_to then
      fail("upto and up_to of tier %d are the same: give one of them", k)
    end
    row.upto = row.upto or row.up_to
  end
end

local function check_options(o)
  if o.mode == "package" then return end
  for _, name in ipairs { "size", "price" } do
    if o[name] then fail("%s is of packages: set mode = \"package\" or give rows", name) end
  end
  if #o.rows == 0 then
    fail("there are no tiers: give at least one, as in { upto = 10, price = \"5 $/Mtok\" }")
  end
  for k, row in ipairs(o.rows) do
    if row.size or row.free then
      fail("size and free of tier %d: free is an option of the whole schedule, size of packages", k)
    end
  end
end

-- What so many units cost by the prices of one tier, as where a tier prices all or is a step.
local function total(tier, number) return tier.flat + tier.price * number end

-- Where each tier prices all usage, a lower price may make a larger usage cheaper in total.
local function advise_of_falls(self)
  for k = 1, #self.tiers - 1 do
    local tier, following = self.tiers[k], self.tiers[k + 1]
    local before, after = total(tier, tier.upto), total(following, tier.upto)
    if known(before) and known(after) and known(after) < known(before) then
      local shown = self.shown or "1"
      advise("falling-total", "just above the bound of tier %d the total falls from %s to %s; "
             .. "graduated prices, or a flat fee for tier %d, would let it rise",
             k, units.show(before, shown), units.show(after, shown), k + 1)
    end
  end
end

local function read(o)
  read_spellings(o)
  check_options(o)
  local self = { mode = o.mode, edges = o.edges, billing = q(billing_periods[o.billing]),
                 per = o.per and read_per(o.per), tiers = {}, parts = infer_parts(o.rows) }
  if o.mode == "package" then
    read_package(self, o)
  else
    for k in ipairs(o.rows) do self.tiers[k] = {} end
    if not self.per then self.per, self.each = infer_per(o.rows), infer_each(o.rows) end
    read_prices(self, o.rows, o.mode == "stairstep")
    read_bounds(self, o.rows)
    if o.mode ~= "graduated" then advise_of_falls(self) end
  end
  read_limits(self, o)
  return self
end

return { read = read, count = count, number_of = number_of }
