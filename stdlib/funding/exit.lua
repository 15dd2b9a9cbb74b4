-- What everybody gets at an exit, from the books of a cap table; a part of the module `funding`.
--
-- The exit value pays debt first, then fees, a carve-out, notes, and the classes of shares by
-- funding/waterfall. The unissued pool is cancelled.
local native = require "funding/rounds".native
local ledger = require "funding/ledger"
local instruments = require "funding/instruments"
local debt = require "funding/debt"
local waterfall = require "funding/waterfall"

local exit = {}

-- A price at which every cap binds: what SAFEs and notes convert into where they choose to.
local FAR = "1e30 $/share"

-- SAFEs and notes that have not converted are classes: a SAFE is paid back what was put in (over
-- 1 - discount, which is what its discount is worth at a sale), or takes the shares that its cap
-- gives. SAFEs rank with the latest preferred, notes before all shares.
local function instrument_classes(books, t, shares, top)
  local list, letters = {}, {}
  local inputs = { 1, shares, q "0 share", q(FAR), q "0 $", 0 }
  for _, instrument in ipairs(books.instruments) do
    local owed = instruments.owed(instrument, t)
    if known(owed) ~= 0 then
      local cap, discount = instruments.terms_of(books, instrument)
      letters[#letters + 1] = instrument.letters
      table.move({ owed, cap, 0 }, 1, 3, #inputs + 1, inputs)
      local is_note = instrument.type == "note"
      list[#list + 1] = {
        holder = instrument.name, rank = is_note and top - 1 or top,
        preference = is_note and owed or owed / (1 - discount),
      }
    end
  end
  if #list == 0 then return list end
  local out = table.pack(native.close("priced", table.concat(letters), 0, table.unpack(inputs)))
  for i, class in ipairs(list) do class.shares = out[#out - #list + i] end
  return list
end

-- Preferred has become common where there has been an IPO.
local function class_of(books, class, t, shares)
  local public = ledger.value_in(books.public, t, 0)
  local function unless_public(x, else_)
    return known(public) == 0 and x or when(public, else_, x)
  end
  local row = { class = class, shares = shares, rank = 1 }
  if class.terms.preferred then
    row.rank = -class.terms.level
    row.preference = unless_public(ledger.value_in(class.preference, t, q "0 $"), 0)
    row.participating = class.terms.participating
    local most = ledger.value_in(class.most, t, math.huge)
    local is_capped = row.participating and known(most) ~= math.huge
    if is_capped then row.cap = unless_public(most, math.huge) end
  elseif class.strike then
    row.strike = ledger.value_in(class.strike, t, q "0 $")
  end
  return row
end

-- The rank of the most senior preferred class.
local function top_rank(books)
  local top = 1
  for _, class in ipairs(books.classes) do
    if class.terms.preferred then top = min(top, -class.terms.level) end
  end
  return top
end

local function classes_at(books, t, granted)
  local list, issued = {}, nil
  for _, class in ipairs(books.classes) do
    local shares = ledger.shares_of_class(books, class, t)
    if class.name == "common" then shares = shares - ledger.pool(books, t) * (1 - granted) end
    issued = issued and issued + shares or shares
    list[#list + 1] = class_of(books, class, t, shares)
  end
  local converting = instrument_classes(books, t, issued, top_rank(books))
  return table.move(converting, 1, #converting, #list + 1, list)
end

-- Adds the payout of a class to its holders', by the shares that they have of it.
local function share_out(books, payouts, row, payout, t, granted)
  if row.holder then
    payouts[row.holder] = payouts[row.holder] + payout
    return
  end
  local holders = {}
  for _, lot in ipairs(row.class.lots) do
    local shares = ledger.value_in(lot.shares, t)
    if shares and lot.holder.name == "pool" then shares = shares * granted end
    if shares and known(shares) ~= 0 then holders[#holders + 1] = { lot.holder.name, shares } end
  end
  for _, each in ipairs(holders) do
    local part = payout
    if #holders > 1 then part = when(row.shares:above(0), payout * (each[2] / row.shares), 0) end
    payouts[each[1]] = payouts[each[1]] + part
  end
end

-- What is left for shareholders, and who has been paid before.
local function pay_first(books, value, o, t, payouts)
  local loans, all = debt.balances_at(books, t), q "0 $"
  for _, loan in ipairs(loans) do all = all + loan[2] end
  local paid = min(max(value, 0), all)
  for _, loan in ipairs(loans) do
    local part = #loans == 1 and paid or when(all:above(0), paid * (loan[2] / all), 0)
    payouts[loan[1]] = (payouts[loan[1]] or q "0 $") + part
  end
  if #loans > 0 then value = value - paid end
  if o.fees then
    payouts.fees = min(max(value, 0), o.fees)
    value = value - payouts.fees
  end
  if o.carve_out then
    payouts.carve_out = max(value, 0) * o.carve_out
    value = value - payouts.carve_out
  end
  return value
end

local function payouts_at(books, value, o, t)
  local unit, payouts = unit_of(value), {}
  for _, holder in ipairs(books.holders) do payouts[holder.name] = q("0 $"):as(unit) end
  local left = pay_first(books, value, o, t, payouts)
  local rows = classes_at(books, t, o.granted)
  for i, payout in ipairs(waterfall.solve(left, rows)) do
    share_out(books, payouts, rows[i], payout, t, o.granted)
  end
  for name, payout in pairs(payouts) do payouts[name] = payout:as(unit) end
  return payouts
end

-- The same in each period, for an exit value that is a series.
local function payouts_over(books, value, o)
  local periods, payouts = {}, {}
  ledger.ask(books, count_periods())
  for t = 1, count_periods() do periods[t] = payouts_at(books, at(value, t), o, t) end
  for name in pairs(periods[1]) do
    payouts[name] = over_periods(function(t) return periods[t][name] end)
  end
  return payouts
end

local strict = { __index = function(payouts, name)
  local names = {}
  for each in next, payouts do names[#names + 1] = each end
  table.sort(names)
  local last = table.remove(names)
  fail("nobody called \"%s\" is paid: there are %s and %s", tostring(name),
       table.concat(names, ", "), last)
end }

function exit.waterfall(books, value, t, o)
  if t == nil and is_series(value) then
    return setmetatable(payouts_over(books, value, o), strict)
  end
  t = ledger.ask(books, t)
  return setmetatable(payouts_at(books, ledger.in_period(value, t), o, t), strict)
end

return exit
