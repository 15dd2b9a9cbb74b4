-- What can be asked of a cap table: methods of the type `captable`, as described to scripts.
local ledger = require "funding/ledger"
local debt = require "funding/debt"
local exit = require "funding/exit"
local tables = require "shared/tables"

local function period(t) return t ~= nil and ledger.period("t", t) or nil end

-- share(holder) of the holder of a name, or a table of all by name.
local function of_holders(books, name, share)
  if name ~= nil then return share(ledger.find_holder(books, name)) end
  local shares = {}
  for _, holder in ipairs(books.holders) do shares[holder.name] = share(holder) end
  return shares
end

local function ownership(books, name, t)
  if math.type(name) == "integer" then name, t = nil, name end
  t = ledger.ask(books, period(t))
  local total = ledger.total(books, t)
  local function share(holder)
    return ledger.shares_of_holder(books, holder, t) / total
  end
  return of_holders(books, name, share)
end

-- The same through time: a series for a holder, or a table of series by name.
local function history(books, name)
  if count_periods() == 0 then
    fail("a history is over periods: set them first, as in horizon { from = \"2026\", to = "
         .. "\"2035\" }")
  end
  local function share(holder)
    return ledger.answer(books, nil, function(t)
      return ledger.shares_of_holder(books, holder, t) / ledger.total(books, t)
    end)
  end
  return of_holders(books, name, share)
end

-- A field of a round, or the price of what has converted.
local function of_round(field)
  return function(books, name, t)
    t = ledger.ask(books, period(t))
    name = name or books.latest
    local round = books.rounds[name]
    if round then return ledger.value_in(round[field], t) end
    local instrument = type(name) == "string" and books.instruments[name]
    if field == "price" and instrument then
      if instrument.price then return ledger.value_in(instrument.price, t) end
      fail("\"%s\" has not converted", name)
    end
    local names = {}
    for each in pairs(books.rounds) do names[#names + 1] = each end
    fail("there is no round \"%s\": there %s", tostring(name),
         #names > 0 and "are " .. table.concat(names, ", ") or "has been none")
  end
end

local t_argument = { "t", "", "the period, at whose end it is; left out: now", kind = "any",
                     optional = true }
local round_argument = { "round", "", "its name; left out: the latest", kind = "any",
                         optional = true }
local holder_argument = { "holder", "", "the name of a holder", kind = "any" }
local flow_argument = { "t", "", "the period; left out: the series, or without a horizon the sum",
                        kind = "any", optional = true }
local debt_argument = { "debt", "", "its name; left out: all debts", kind = "any", optional = true }

local function flowed(books, name, t) return ledger.flowed(books, name, period(t)) end

return {
  { "ownership",
    "the share of all shares, fully diluted, that a holder has; without a holder, a table by name. "
      .. "What has not converted has no shares yet",
    takes = { { "holder", "", "the name of a holder", kind = "any", optional = true }, t_argument },
    example = [[print(funding.captable { a = 3, b = 1 }:ownership "a")]], result = "0.75\n",
    call = ownership },
  { "history",
    "the share of all shares that a holder has at the end of each period: a series; without a "
      .. "holder, a table of them by name",
    takes = { { "holder", "", "the name of a holder", kind = "any", optional = true } },
    example = [[
horizon { from = "2026", periods = 3 }
local t = funding.captable { founders = "8 M share" }
t:round { name = "A", at = 2, pre = "8 $M", raise = "2 $M" }
print(t:history "founders")]],
    result = "2026: 1 ... 2028: 0.8\n",
    call = history },
  { "shares", "how many shares a holder has, preferred as converted",
    takes = { holder_argument, t_argument },
    example = [[print(funding.captable { founders = "8 M share" }:shares "founders")]],
    result = "8 M share\n",
    call = function(books, name, t)
      t = ledger.ask(books, period(t))
      return ledger.shares_of_holder(books, ledger.find_holder(books, name), t)
    end },
  { "total", "all shares, fully diluted: with the unissued pool, options, and preferred as "
    .. "converted",
    takes = { t_argument },
    call = function(books, t) return ledger.total(books, ledger.ask(books, period(t))) end },
  { "holders", "a list of the names of all holders",
    example = [[print(table.concat(funding.captable { b = 3, a = 1 }:holders(), " "))]],
    result = "a b\n",
    call = function(books)
      return tables.names(books.holders)
    end },
  { "price", "the price per share of a round, or at which a SAFE or a note has converted; 0 in "
    .. "samples in which it has not happened", takes = { round_argument, t_argument },
    call = of_round "price" },
  { "pre", "the pre-money valuation of a round; 0 where it has not happened",
    takes = { round_argument, t_argument }, call = of_round "pre" },
  { "post", "the post-money valuation of a round, price times all shares; 0 where it has not "
    .. "happened",
    takes = { round_argument, t_argument }, call = of_round "post" },
  { "pre_effective", "the pre-money valuation of a round less its pool: what those before it are "
    .. "worth",
    takes = { round_argument, t_argument }, call = of_round "effective" },
  { "dilution", "the new shares of a round over all shares after it",
    takes = { round_argument, t_argument }, call = of_round "dilution" },
  { "happened", "the condition that a round has happened", takes = { round_argument, t_argument },
    call = function(books, name, t) return of_round "closed" (books, name, t):above(0) end },
  { "raised", "the money that the company got from shares, SAFEs, notes and debt in a period; that "
      .. "of events before the first that has a period is of the first",
    takes = { flow_argument },
    example = [[
horizon { from = "2026", periods = 3 }
local t = funding.captable { founders = "8 M share" }
t:round { name = "A", at = 2, pre = "8 $M", raise = "2 $M" }
print(t:raised(2), t:raised())]],
    result = "2 $M\t2026: 0 $M ... 2028: 0 $M\n",
    call = function(books, t) return flowed(books, "raised", t) end },
  { "proceeds", "what a holder got for shares sold in a period, in a secondary sale or an IPO",
    takes = { holder_argument, flow_argument },
    call = function(books, name, t)
      ledger.find_holder(books, name)
      return flowed(books, "sold by " .. name, t)
    end },
  { "balance", "what is owed of a debt at the end of a period",
    takes = { debt_argument, flow_argument }, call = debt.balance },
  { "interest", "the interest of a debt in a period", takes = { debt_argument, flow_argument },
    call = debt.interest },
  { "payments", "interest and repayments of debt in a period, and notes that are paid back",
    takes = { debt_argument, flow_argument }, call = debt.payments },
  { "breach", "the condition that the covenant of a debt does not hold while it is outstanding",
    takes = { debt_argument, flow_argument },
    example = [[
horizon { from = "2026", periods = 3 }
local t = funding.captable { founders = "8 M share" }
local cash = series("$M", { "5 $M", "3 $M", "1 $M" })
t:debt { amount = "1 $M", term = "5 yr", covenant = cash:at_least "2 $M" }
print(t:breach())]],
    result = "2026: false ... 2028: true\n",
    call = debt.breach },
  { "waterfall",
    "who gets what at an exit: a table of payouts by holder, whose sum is the exit. Debts are paid "
      .. "first, under their names, then notes, then the classes of shares by their preferences, "
      .. "each converting where that is worth more; the unissued pool is cancelled",
    takes = { { "exit", "$", "what the company is sold for; a series gives series; what may be "
                .. "below 0 counts as 0 there", range = "not negative" },
              { "t", "", "the period, at whose end it is sold, left out: now; or the name of a "
                .. "holder, whose payout alone is wanted", kind = "any", optional = true } },
    options = {
      { "fees", "$", "costs of the sale, paid first; under fees in the result",
        range = "not negative" },
      { "carve_out", "1", "the part that goes to management before shareholders; under carve_out",
        range = "share" },
      { "granted", "1", "the part of the unissued pool that has become shares by then",
        default = "0 %", range = "share" },
    },
    example = [[
local t = funding.captable { founders = "8 M share" }
t:round { name = "A", pre = "20 $M", raise = "5 $M" }
for _, exit in ipairs { "4 $M", "15 $M", "50 $M" } do
  local w = t:waterfall(exit)
  print(w.A, w.founders)
end]],
    result = "4 $M\t0 $M\n5 $M\t10 $M\n10 $M\t40 $M\n",
    call = function(books, value, t, o)
      if type(t) == "table" then
        fail("options come third: write waterfall(exit, nil, { fees = \"2 $M\" })")
      end
      if type(t) == "string" and books.holders[t] then
        return exit.waterfall(books, value, nil, o)[t]
      end
      return exit.waterfall(books, value, period(t), o)
    end },
}
