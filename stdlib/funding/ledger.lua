-- The books of a cap table, for the parts of the module `funding`: who holds how many shares of
-- which class since when.
--
-- Events come in the order in which they are written. One in period t changes what is true from
-- the end of that period on; one without a period happens when the event before it did, the first
-- ones at the opening, 0. The opening is a moment and no period: their money comes in the first
-- period, but that of an event which is said to happen at 0 is over by then. Whatever changes is
-- kept in a cell: its values by period. So a table can be asked about any period while later events
-- are still being written, and costs nothing for the periods in which nothing happens.

local periods = require "shared/periods"
local tables = require "shared/tables"
local ledger = {}

-- --- Cells.

local function new_cell(t, value) return { times = { t }, values = { value } } end

local function current(cell) return cell.values[#cell.values] end

-- Its value at the end of period t, or now; before the first, nothing.
local function value_in(cell, t, nothing)
  if t == nil then return current(cell) end
  for i = #cell.times, 1, -1 do
    if cell.times[i] <= t then return cell.values[i] end
  end
  return nothing
end

local function set(cell, t, value)
  local last = #cell.times
  if cell.times[last] < t then last = last + 1 end
  cell.times[last], cell.values[last] = t, value
end

ledger.new_cell, ledger.current, ledger.value_in, ledger.set = new_cell, current, value_in, set

-- --- Values that are given for a period, or for the samples in which something happens.

-- The value in period t of what may be a series.
local function in_period(x, t)
  if is_series(x) then return at(x, t) end
  return x
end
ledger.in_period = in_period

-- a where the condition holds and b elsewhere; no condition always holds.
local function choose(condition, a, b)
  if condition == nil or known(condition) == 1 then return a end
  return when(condition, a, b)
end
ledger.choose = choose

-- --- Time.

-- The period that a script calls t, or by its label.
function ledger.period(what, t)
  local count = count_periods()
  if count == 0 then
    fail("%s = %s needs a horizon; without one, things happen in the order they are written", what,
         tostring(t))
  end
  local number = periods.find(t)
  if number then return number end
  fail("%s must be a period from 0, the opening, to %d, or its label, as in \"%s\", not %s: what "
       .. "happens at an uncertain time is written for each period, with when", what, count,
       label(count), tostring(t))
end

local function in_words(t) return t > 0 and "in " .. label(t) or "at the opening" end
ledger.in_words = in_words

-- Begins an event: its period, and the condition that it happens on, or nil. Of options that are
-- series, the value of the period is taken, but for those of a debt that count in every period.
function ledger.begin(books, o)
  local t = o.at ~= nil and ledger.period("at", o.at) or books.now
  if t < books.now then
    fail("this happens %s, and what was written before it %s: write events in the order "
      .. "they happen",
         in_words(t), in_words(books.now))
  end
  if t <= books.asked then
    fail("this happens %s, and the table has been asked about the end of %s: write the event "
      .. "before the question%s", in_words(t), label(books.asked), books.asked < count_periods()
         and ", or say with `at` in which later period it happens" or "")
  end
  books.now = t
  if o.at ~= nil then books.paid_in = t end
  for name, value in pairs(o) do
    if name ~= "rate" and name ~= "covenant" then o[name] = in_period(value, t) end
  end
  return t, o.when
end

-- Notes that a period has been asked about, so that nothing that is written later may change it.
-- Without a period: now.
function ledger.ask(books, t)
  if t == nil then return books.now end
  if t > books.asked then books.asked = t end
  return t
end

-- f(t) for a period that is asked about; without one for all periods, which are asked about then,
-- or where there is no horizon for the opening.
function ledger.answer(books, t, f)
  if t ~= nil then return f(ledger.ask(books, t)) end
  if count_periods() == 0 then return f(0) end
  ledger.ask(books, count_periods())
  return over_periods(f)
end

-- --- Classes and lots. A lot is what one holder has of one class.

function ledger.new(unit)
  return {
    now = 0, asked = -1, paid_in = math.min(1, count_periods()), unit = unit,
    holders = {}, classes = {}, rounds = {}, instruments = {}, debts = {},
    total = new_cell(0, q("0 share"):as(unit)),
    public = new_cell(0, 0), -- 1 where an IPO has turned all preferred into common
    flows = {},
  }
end

-- A class of shares. What it is paid first (`preference`), the most that it gets without
-- converting (`most`) and what was put into it (`invested`, over its shares the conversion price)
-- are money in all; common has none of them.
function ledger.add_class(books, name, terms)
  local class = {
    name = name, lots = {}, terms = terms or {}, invested = new_cell(0, q "0 $"),
    preference = new_cell(0, q "0 $"), most = new_cell(0, q "0 $"),
  }
  books.classes[#books.classes + 1] = class
  books.classes[name] = class
  return class
end

local function holder_of(books, name)
  local holder = books.holders[name]
  if holder == nil then
    holder = { name = name, lots = {} }
    books.holders[name] = holder
    books.holders[#books.holders + 1] = holder
  end
  return holder
end
ledger.holder_of = holder_of

-- The holder that a script names; misspelt, an error.
function ledger.find_holder(books, name)
  local holder = type(name) == "string" and books.holders[name]
  if holder then return holder end
  tables.unknown("holder", name, tables.names(books.holders))
end

local function nothing(books) return q("0 share"):as(books.unit) end

-- The lot that a holder has of a class, made where there is none.
local function lot_of(books, name, class)
  local holder = holder_of(books, name)
  for _, lot in ipairs(holder.lots) do
    if lot.class == class then return lot end
  end
  local lot = { holder = holder, class = class, shares = new_cell(books.now, nothing(books)) }
  holder.lots[#holder.lots + 1] = lot
  class.lots[#class.lots + 1] = lot
  return lot
end
ledger.lot_of = lot_of

-- Gives a holder more shares of a class (fewer, where negative); the total is not touched.
function ledger.give(books, t, name, class, shares)
  local lot = lot_of(books, name, class)
  local before = current(lot.shares)
  set(lot.shares, t, known(before) == 0 and shares:as(books.unit) or before + shares)
  return lot
end

local function sum_lots(books, lots, t)
  local sum
  for _, lot in ipairs(lots) do
    local shares = value_in(lot.shares, t)
    if shares then sum = sum and sum + shares or shares end
  end
  return sum or nothing(books)
end

function ledger.shares_of_class(books, class, t) return sum_lots(books, class.lots, t) end
function ledger.shares_of_holder(books, holder, t) return sum_lots(books, holder.lots, t) end
function ledger.total(books, t) return value_in(books.total, t) end

-- The unissued option pool.
function ledger.pool(books, t)
  local holder = books.holders.pool
  if not holder then return nothing(books) end
  return ledger.shares_of_holder(books, holder, t)
end

-- The name that a script gives to a class, which must be new; else the kind, numbered.
function ledger.free_name(books, name, kind)
  if name then
    if books.classes[name] or books.instruments[name] then
      fail("there is already a class of shares \"%s\": names are unique", name)
    end
    return name
  end
  local number = 1
  while books.classes[kind .. (number > 1 and " " .. number or "")] or
        books.instruments[kind .. (number > 1 and " " .. number or "")] do
    number = number + 1
  end
  return kind .. (number > 1 and " " .. number or "")
end

-- Money is shown in the unit in which a script first wrote some.
function ledger.show_in(books, money) books.money = books.money or unit_of(money) end

function ledger.shown(books, money)
  return books.money and money:as(books.money) or money
end

-- --- Flows of money, by name and period: "raised", "sold by founders".

-- Money of the event that has begun last.
function ledger.flow(books, name, money)
  local flow, t = books.flows[name] or {}, books.paid_in
  books.flows[name] = flow
  flow[t] = flow[t] and flow[t] + money or money
end

-- What flowed in period t; without one, the series, or the sum where there is no horizon.
function ledger.flowed(books, name, t)
  local flow = books.flows[name] or {}
  return ledger.answer(books, t, function(each)
    return ledger.shown(books, flow[each] or q "0 $")
  end)
end

return ledger
