-- Who gets what at an exit, as a part of the module `funding`.
--
--   local waterfall = require "funding/waterfall"
--   local payouts = waterfall.solve(exit, classes)
--
-- `exit` is what the shareholders share, a quantity of money. `classes` is a list of at most 64
-- tables, each a class of shares:
--
--   shares         how many, all in one unit
--   preference     what it is paid before common, in all; nil or 0 for common
--   rank           a plain number: 1 is paid first, equal ranks pro rata (default 1)
--   participating  true: it shares in what is left beside its preference (default false)
--   cap            the most that a participating class gets without converting, in all; nil: none
--   conversion     the shares that it converts into (default: its shares)
--   strike         what exercising options costs, in all (default 0)
--   name           what it is called in messages (default: its place in the list)
--
-- Quantities may vary over samples and periods; rank and participating are plain. The result is a
-- list of payouts in the order of the classes, whose sum is the exit in every sample. An exit below
-- 0 in a sample pays nothing. Where no class has shares, what the preferences leave is nobody's.
--
-- `waterfall.describe` is the entry of funding.waterfall for the module's list of functions.
--
-- The equilibrium: with v the value of a common share, a class of n shares, preference P and cap C
-- is worth max(P, n v) where it does not participate, max(min(P + n v, C), n v) where it does, and
-- options with the strike K max(0, n v - K), whatever the others choose. The sum of these claims
-- increases in v, so v is where it equals the exit; where the preferences alone are more, nobody
-- converts and they are paid by rank.
local native = ...

local function label(class, i) return class.name or "class " .. i end

-- The places of the classes in the order in which they are paid, and their ranks as the kernel
-- takes them: small whole numbers.
local function by_seniority(classes)
  local order, ranks = {}, {}
  for i, class in ipairs(classes) do
    local rank = class.rank or 1
    if math.type(rank) == nil or rank ~= rank then
      fail("the rank of %s must be a plain number, 1 for who is paid first, not %s",
           label(class, i), tostring(rank))
    end
    order[i], ranks[i] = i, rank
  end
  table.sort(order, function(a, b) return ranks[a] < ranks[b] end)
  local numbers, number = {}, 0
  for k, i in ipairs(order) do
    if k > 1 and ranks[i] > ranks[order[k - 1]] then number = number + 1 end
    numbers[i] = number
  end
  return order, numbers
end

-- Absent, or known to be nothing.
local function is_nothing(x) return x == nil or known(x) == 0 end

-- A class as the kernel takes it. The terms are the cap of a class that is capped and the strike of
-- one that converts; without either, and without a preference, it is common.
local function column_of(class, i, rank, exit, unit)
  local function column(name, like)
    if class[name] == nil then return 0 end
    return in_unit(class[name], like, ("the %s of %s"):format(name, label(class, i)))
  end
  local made = {
    kind = "participating", rank = rank, preference = column("preference", exit), terms = 0,
    shares = column(class.conversion and "conversion" or "shares", unit),
  }
  if class.participating then
    if not is_nothing(class.strike) then
      fail("%s participates and has a strike: options take part when they are exercised",
           label(class, i))
    end
    if class.cap then made.kind, made.terms = "capped", column("cap", exit) end
  elseif not (is_nothing(class.preference) and is_nothing(class.strike)) then
    made.kind, made.terms = "converting", column("strike", exit)
  end
  return made
end

-- What the shares are counted in: 0 fits every unit, and so says nothing.
local function unit_of_shares(classes)
  local unit
  for i, class in ipairs(classes) do
    local shares = class.shares or class.conversion
    if shares == nil then fail("the shares of %s are missing", label(class, i)) end
    if unit == nil or is_nothing(unit) then unit = shares end
  end
  return unit
end

local function solve(exit, classes)
  if #classes == 0 or #classes > native.most_classes then
    fail("there must be 1 to %d classes of shares, not %d", native.most_classes, #classes)
  end
  exit = in_unit(exit, q "0 $", "the exit")
  local order, ranks = by_seniority(classes)
  local unit, columns = unit_of_shares(classes), {}
  for k, i in ipairs(order) do columns[k] = column_of(classes[i], i, ranks[i], exit, unit) end
  local payouts = {}
  for k, payout in ipairs(native.share_out(exit, columns)) do payouts[order[k]] = payout end
  return payouts
end

-- --- funding.waterfall: the same for a script that has no cap table.

-- Preference, cap and strike as money in all.
local function terms_of(row)
  local class = {
    name = row.name, shares = row.shares, conversion = row.conversion,
    participating = row.participating or (row.participating == nil and row.cap ~= nil),
    preference = row.preference or (row.invested and row.invested * row.multiple),
  }
  if row.dividends then class.preference = (class.preference or 0) + row.dividends end
  if row.cap and not class.participating then
    fail("the cap of %s is of a class that participates: leave it out, or participating", row.name)
  end
  if row.cap and has_unit(row.cap, "1") then
    if not row.invested then
      fail("the cap of %s is a multiple of what was invested: give invested, or the cap as money",
           row.name)
    end
    class.cap = row.cap * row.invested
  elseif row.cap then
    class.cap = in_unit(row.cap, q "0 $", "the cap of " .. row.name)
  end
  if row.strike then
    class.strike = in_unit(row.strike * row.shares, q "0 $", "strike times shares of " .. row.name)
  end
  return class
end

local function rank_of(row, i, by_order)
  local rank = row.rank or row.seniority
  if by_order and rank then
    fail("%s has a rank, and seniority = \"standard\" ranks by the order of the list: give one",
         row.name)
  end
  return by_order and -i or rank or 1
end

local function from_script(o)
  local by_order = o.seniority == "standard"
  if by_order and #o.named > 0 then
    fail("seniority = \"standard\" ranks by the order of a list: write { name = %q, ... } for %s, "
         .. "or give each a rank", o.named[1].name, o.named[1].name)
  end
  local classes, names, seen = {}, {}, {}
  for _, list in ipairs { o.rows, o.named } do
    for _, row in ipairs(list) do
      if seen[row.name] then fail("there are two classes named %s", row.name) end
      seen[row.name] = true
      local class = terms_of(row)
      class.rank = rank_of(row, #classes + 1, by_order)
      names[#names + 1] = row.name
      classes[#classes + 1] = class
    end
  end
  local payouts = {}
  for i, payout in ipairs(solve(o.exit, classes)) do payouts[names[i]] = payout end
  return payouts
end

local class_options = {
  { "shares", "", "how many, or which part of all, in the same unit for all classes",
    required = true, range = "not negative" },
  { "invested", "$", "what the holders paid; nothing for common", range = "not negative" },
  { "multiple", "1", "the liquidation preference, as a multiple of what was invested",
    default = "1", range = "not negative" },
  { "preference", "$", "the preference in all, in place of invested and multiple",
    range = "not negative" },
  { "dividends", "$", "accrued dividends, paid with the preference", range = "not negative" },
  { "participating", "", "true: it shares in the rest beside its preference; false: it takes its "
    .. "preference or converts", kind = "boolean" },
  { "cap", "", "the most that a participating class gets without converting, preference included: "
    .. "a multiple of what was invested, or money", range = "not negative" },
  { "conversion", "", "the shares that it converts into, where these are not its shares",
    range = "not negative" },
  { "strike", "", "the exercise price of an option, per share", range = "not negative" },
  { "rank", "", "1 is paid first; equal ranks are paid pro rata", kind = "count" },
  { "seniority", "", "the same as rank", kind = "count" },
}

local row_options = { { "name", "", "what the class is called", kind = "text", required = true } }
table.move(class_options, 1, #class_options, 2, row_options)

local describe = {
  "waterfall",
  "who gets what at an exit: a table with the payout of each class under its name. Preferences are "
    .. "paid by rank; each class converts where that is worth more to it, given what the others do",
  options = {
    { "exit", "$", "what the shareholders share, after debt and fees; what may be below 0 counts as "
      .. "0 there", required = true, range = "not negative" },
    { "seniority", "", "of classes without a rank: all equal, or the later in the list the more "
      .. "senior", kind = "word", words = { "pari passu", "standard" }, default = "pari passu" },
  },
  rows = row_options,
  named = class_options,
  example = [[
local payouts = funding.waterfall { exit = "40 $M",
  { name = "common", shares = 80 },
  { name = "series A", shares = 20, invested = "5 $M" } }
print(payouts.common, payouts["series A"])]],
  result = "32 $M\t8 $M\n",
  call = from_script,
}

return { solve = solve, describe = describe }
