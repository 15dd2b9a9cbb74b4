-- Priced rounds; a part of the module `funding`.
--
-- The price per share, the pool increase, all conversions and the adjustments against dilution fit
-- the valuation together, sample by sample: a kernel finds them (rounds.h).
local native = ...
local ledger = require "funding/ledger"
local instruments = require "funding/instruments"
local market = require "funding/market"
local options = require "shared/options"
local current, set, choose = ledger.current, ledger.set, ledger.choose

local rounds = {}

-- --- Closing a round, an IPO or a conversion.

-- What the weighted average adds the new money to, the A of CP2 = CP1 (A + B)/(A + C); a full
-- ratchet is the same with nothing.
local function anti_dilution_base(books, class)
  local kind = class.terms.anti_dilution
  if kind == "broad" then return current(books.total) end
  if kind == "outstanding" then return current(books.total) - ledger.pool(books) end
  if kind == "series" then return ledger.shares_of_class(books, class) end
  if kind == "ratchet" then return 0 end
  local preferred
  for _, each in ipairs(books.classes) do
    if each.terms.preferred then
      local shares = ledger.shares_of_class(books, each)
      preferred = preferred and preferred + shares or shares
    end
  end
  return preferred
end

local function protected_classes(books)
  local list = {}
  for _, class in ipairs(books.classes) do
    if class.terms.preferred and class.terms.anti_dilution ~= "none" and #class.lots > 0 then
      list[#list + 1] = class
    end
  end
  return list
end

local fields = { "price", "new", "increase", "total", "pre", "raised", "closed" }

-- Calls the kernel. `deal` has the form, and the columns happens (nil: always), valuation, raise
-- and target (nil: none) of rounds.h.
local function solve(books, t, deal, converting, protected)
  local letters = {}
  local inputs = { deal.happens or 1, current(books.total), ledger.pool(books), deal.valuation,
                   deal.raise, deal.target or 0 }
  for i, instrument in ipairs(converting) do
    local cap, discount = instruments.terms_of(books, instrument)
    letters[i] = instrument.letters
    table.move({ instruments.converting(instrument, t), cap, discount }, 1, 3, #inputs + 1, inputs)
  end
  local is_public = current(books.public)
  for _, class in ipairs(protected) do
    local invested = known(is_public) == 0 and current(class.invested)
      or when(is_public, 0, current(class.invested))
    table.move({ ledger.shares_of_class(books, class), invested,
                 anti_dilution_base(books, class) }, 1, 3, #inputs + 1, inputs)
  end
  local out = table.pack(native.close(deal.form, table.concat(letters), #protected,
                                      table.unpack(inputs)))
  local result = {}
  for i, field in ipairs(fields) do result[field] = out[i] end
  result.converted = table.move(out, #fields + 1, #fields + #converting, 1, {})
  result.factors = table.move(out, #fields + #converting + 1, out.n, 1, {})
  return result
end

local function adjust(t, protected, factors)
  for i, class in ipairs(protected) do
    if known(factors[i]) ~= 1 then
      for _, lot in ipairs(class.lots) do set(lot.shares, t, current(lot.shares) * factors[i]) end
    end
  end
end

-- Notes what a class has been paid for and is paid first. `limit` is the most that it gets, as a
-- multiple of the money: nil for all of it.
local function invest(class, t, money, terms)
  local preference = money * terms.multiple
  set(class.invested, t, current(class.invested) + money)
  set(class.preference, t, current(class.preference) + preference)
  local most = preference
  if terms.participating then most = terms.limit and money * terms.limit or math.huge end
  set(class.most, t, most == math.huge and most or current(class.most) + most)
end

-- The class that an instrument converts into: a series of its own beside that of the round.
local function shadow_class(books, instrument, terms)
  return books.classes[instrument.name] or ledger.add_class(books, instrument.name, terms)
end

local function convert(books, t, converting, result, terms)
  for i, instrument in ipairs(converting) do
    local class = terms and shadow_class(books, instrument, terms) or books.classes.common
    local live, owed, shares = current(instrument.live), instruments.converting(instrument, t),
      result.converted[i]
    ledger.give(books, t, instrument.name, class, shares)
    if terms then
      local money = terms.shadow and choose(result.closed, owed, 0) or shares * result.price
      invest(class, t, money, terms)
    end
    local prices = instrument.price or ledger.new_cell(0, q "0 $/share")
    instrument.price = prices
    set(prices, t, when(shares:above(0), owed / shares, current(prices)):as "$/share")
    set(instrument.live, t, known(result.closed) == 1 and 0 or live * (1 - result.closed))
  end
end

-- Closes a deal in the books: conversions, pool, adjustments, total. `terms` are those of the
-- shares that instruments convert into; nil for common. The caller gives the new shares out.
function rounds.close(books, t, deal, terms)
  local converting, protected = instruments.outstanding(books), protected_classes(books)
  local result = solve(books, t, deal, converting, protected)
  adjust(t, protected, result.factors)
  convert(books, t, converting, result, terms)
  if known(result.increase) ~= 0 then
    ledger.give(books, t, "pool", books.classes.common, result.increase)
  end
  set(books.total, t, result.total)
  return result
end

-- --- A priced round.

-- The raise, the pre-money valuation or nil, and the price per share or nil.
local function raise_and_valuation(o)
  local raise, pre, post = o.raise, o.pre, o.post
  if pre and post and not raise and not o.sold then raise, post = post - pre, nil end
  local given = (pre and 1 or 0) + (post and 1 or 0) + (o.price and 1 or 0)
  if given ~= 1 then
    fail("give the valuation once, as pre = \"40 $M\" before the new money, post after it, or "
      .. "price per share%s", given > 1 and ": there are several" or "")
  end
  if o.sold then
    if raise then fail("give raise or sold, the share of the company that is sold, not both") end
    if o.price then fail("sold needs the valuation, pre or post") end
    raise = post and post * o.sold or pre * o.sold / (1 - o.sold)
  end
  if raise == nil then
    fail("raise is missing: the money that the company gets, as in \"10 $M\"")
  end
  return raise, post and post - raise or pre, o.price
end

-- The level of a class in the order of preferences: the higher is paid first.
local function level_of(books, seniority)
  local number = seniority and tonumber(seniority)
  if books.numbered ~= nil and books.numbered ~= (number ~= nil) then
    fail("seniority is a number, 1 for those who are paid first, for all rounds or for none")
  end
  books.numbered = number ~= nil
  if number then return -number end
  books.level = books.level or 0
  if seniority == "standard" or books.level == 0 then books.level = books.level + 1 end
  if seniority ~= "standard" and seniority ~= "pari passu" then
    fail("seniority must be \"standard\" (paid before earlier rounds), \"pari passu\" (with the "
      .. "latest) or a number, 1 for those who are paid first, not %s", tostring(seniority))
  end
  return books.level
end

-- The most that a participating class gets, as a multiple of the money put in; nil: all.
local function limit_of(o, money)
  local cap = options.either(o, "cap", "participation_cap")
  if cap == nil or has_unit(cap, "1") then return cap end
  if not has_unit(cap, "$") then
    fail("cap must be a multiple of the money put in, or money, as in 3 or \"6 $M\", not %s", cap)
  end
  return known(money) and known(money) > 0 and cap / money
         or when(money:above(0), cap / money, 0)
end

-- The terms of a class that `money` is put into.
local function terms_of_round(books, o, money, level)
  local limit = limit_of(o, money)
  if o.participating == false and limit then
    fail("cap limits what a participating class gets: leave it out, or participating = false")
  end
  return {
    preferred = true, level = level or level_of(books, o.seniority), limit = limit,
    multiple = options.either(o, "preference", "liquidation_preference", "pref") or 1,
    participating = o.participating or limit ~= nil,
    anti_dilution = o.anti_dilution, shadow = o.shadow,
  }
end

-- The class of a round: that of the last round of this name, or a new one.
local function class_of_round(books, t, name, o, raise)
  local class = books.classes[name]
  if class == nil then return ledger.add_class(books, name, terms_of_round(books, o, raise)) end
  local terms = terms_of_round(books, o, raise, class.terms.level)
  if not books.rounds[name] then
    fail("there is already a class of shares \"%s\": give the round another name", name)
  end
  if books.rounds[name].latest == t then
    fail("there is a round \"%s\" at this time already, %s: give this one another name, or say "
         .. "with `at` in which later period it adds to the class", name, ledger.in_words(t))
  end
  if terms.participating ~= class.terms.participating or
     terms.anti_dilution ~= class.terms.anti_dilution or
     (terms.limit == nil) ~= (class.terms.limit == nil) then
    fail("the round \"%s\" has been written before with other terms: a round of the same name adds "
      .. "to its class; give it another name", name)
  end
  class.terms.multiple, class.terms.limit = terms.multiple, terms.limit
  return class
end

-- Who takes which part of a round; what is left is for the holder that is called as the round.
local function parts_of_round(books, o, name)
  local parts, left = {}, 1
  for investor, part in pairs(o.investors or {}) do
    if type(investor) ~= "string" then
      fail("investors must be a table of shares of the round by name, as in { lead = \"80 %%\" }")
    end
    part = in_unit(part, q "1", "the part of " .. investor)
    parts[#parts + 1] = { investor, part }
    left = left - part
  end
  for _, holder in ipairs(o.pro_rata or {}) do
    local held = ledger.find_holder(books, holder)
    local part = ledger.shares_of_holder(books, held) / current(books.total)
    parts[#parts + 1] = { holder, part }
    left = left - part
  end
  if (known(left) or 0) < -1e-12 then
    fail("investors and pro_rata take more than the whole round")
  end
  if #parts == 0 or (known(left) or 1) > 1e-12 then parts[#parts + 1] = { name, left } end
  return parts
end

-- Notes what there is to be asked of a round by name, and the price of whichever was the last.
function rounds.note_result(books, t, name, result)
  local kept = books.rounds[name] or {}
  books.rounds[name], books.latest, kept.latest = kept, name, t
  books.last_price = books.last_price or ledger.new_cell(0, q "0 $/share")
  set(books.last_price, t, choose(result.closed, result.price, current(books.last_price)))
  for field, nothing in pairs { price = q "0 $/share", pre = q "0 $", raised = q "0 $",
                                effective = q "0 $", post = q "0 $", dilution = 0, closed = 0 } do
    kept[field] = kept[field] or ledger.new_cell(0, nothing)
    local before = current(kept[field])
    set(kept[field], t, choose(result.closed, result[field], before))
  end
end

-- What is known to be impossible is a mistake. Nothing to raise may be meant, in a loop that raises
-- what is short: it is said once.
local function question(books, name, result, happens, raise)
  if known(result.closed) ~= 0 or known(happens or 1) == 0 then return end
  if known(raise) ~= 0 then
    fail("there is no positive price: the pool, the new money and what converts come to more than "
         .. "the valuation allows")
  end
  if not books.questioned then
    warn(("the round \"%s\" raises 0, which is no round: it has no price and nothing converts; "
      .. "give it a price per share to have one without new money"):format(name))
    books.questioned = true
  end
end

-- The market that limits a round: one, or what would be the limit of one.
local function market_of(limit)
  if limit == nil or (type(limit) == "userdata" and not is_quantity(limit)) then return limit end
  return market.new { limit = limit, of = "pre" }
end

local function hold_round(books, o)
  local t, happens = ledger.begin(books, o)
  local limit = market_of(options.either(o, "limit", "market"))
  local name = o.name or ledger.free_name(books, nil, "round")
  local raise, pre, price = raise_and_valuation(o)
  ledger.show_in(books, raise)
  if limit then
    raise = limit:raise(raise, pre or price * current(books.total))
    happens = happens and happens & limit:open() or limit:open()
  end
  local parts = parts_of_round(books, o, name)
  local class = class_of_round(books, t, name, o, raise)
  local result = rounds.close(books, t, {
    form = price and "priced" or o.pool_from == "post" and "after closing" or "in pre-money",
    happens = happens, valuation = price or pre, raise = raise,
    target = o.pool,
  }, class.terms)
  if not limit then question(books, name, result, happens, raise) end
  for _, part in ipairs(parts) do
    ledger.give(books, t, part[1], class, result.new * part[2])
  end
  invest(class, t, result.raised, class.terms)
  ledger.flow(books, "raised", result.raised)
  if limit then limit:count(result.closed) end
  result.post = ledger.shown(books, result.price * result.total)
  result.dilution = result.new / result.total
  result.effective = o.pool and result.pre - ledger.pool(books) * result.price or result.pre
  rounds.note_result(books, t, name, result)
end

-- A class that is there before anything happens.
function rounds.add_class(books, o)
  if books.classes[o.name] then fail("there is already a class of shares \"%s\"", o.name) end
  if (o.invested ~= nil) == (o.price ~= nil) then
    fail("%s: give invested, what was paid for the shares, or price", o.name)
  end
  local t = ledger.begin(books, o)
  local invested = o.invested or o.price * o.shares
  local terms = terms_of_round(books, o, invested)
  local class = ledger.add_class(books, o.name, terms)
  ledger.give(books, t, o.name, class, o.shares)
  set(books.total, t, current(books.total) + o.shares)
  invest(class, t, invested, terms)
end

rounds.native, rounds.hold_round = native, hold_round
return rounds
