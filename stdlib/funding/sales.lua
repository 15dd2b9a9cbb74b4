-- Shares that change hands: IPO, secondary sales, grants out of the option pool; a part of the
-- module `funding`.
local ledger = require "funding/ledger"
local rounds = require "funding/rounds"
local options = require "shared/options"
local current, set, choose = ledger.current, ledger.set, ledger.choose

local sales = {}

-- Refuses what is known to be more than there is; where either varies, what there is is given.
local function check_held(happens, shares, held, who)
  local wanted, most = known(shares), known(held)
  if wanted and most and wanted > most * (1 + 1e-12) and known(happens or 1) ~= 0 then
    fail("%s %s and cannot sell %s", who, held, shares)
  end
end

-- Moves shares of a holder, in proportion out of all its classes, to another. What the condition
-- does not hold for stays. Returns the part of the holding that is moved.
local function move(books, t, seller, buyer, shares)
  local held = ledger.shares_of_holder(books, seller)
  local part = when(held:above(0), min(shares / held, 1), 0)
  for _, lot in ipairs(table.move(seller.lots, 1, #seller.lots, 1, {})) do
    local sold = current(lot.shares) * part
    set(lot.shares, t, current(lot.shares) - sold)
    ledger.give(books, t, buyer, lot.class, sold)
  end
  return held * part
end

-- How many shares money buys; none where there is no price.
local function bought(money, price)
  if (known(price) or 0) > 0 then return money / price end
  return when(price:above(0), money / price, 0)
end
sales.bought = bought

-- Shares, where a script gives shares or money.
local function in_shares(x, price, what)
  if has_unit(x, "$") then return bought(x, price) end
  return in_unit(x, q "1 share", what)
end

-- The price of the latest round that has happened; 0 in samples in which there has been none.
local function latest_price(books)
  if not books.latest then
    fail("price is missing: the price per share, as in \"20 $/share\"; there has been no round to "
         .. "take it from")
  end
  return current(books.last_price)
end
sales.latest_price = latest_price

function sales.sell(books, o)
  local t, happens = ledger.begin(books, o)
  local from = options.either(o, "seller", "from")
  local to = options.either(o, "buyer", "to") or "secondary"
  if not from then fail("seller is missing: who sells") end
  local seller = ledger.find_holder(books, from)
  if from == "pool" then fail("the pool is of shares that nobody holds: write grant") end
  local price = o.price or latest_price(books)
  if (o.shares ~= nil) == (o.amount ~= nil) then
    fail("give shares or amount: how many are sold, or for how much money")
  end
  local wanted = o.shares or o.amount
  local shares = in_shares(wanted, price, "shares")
  check_held(happens, shares, ledger.shares_of_holder(books, seller), from .. " has")
  local sold = move(books, t, seller, to, choose(happens, shares, 0))
  if o.amount then ledger.show_in(books, o.amount) end
  ledger.flow(books, "sold by " .. from, sold * price)
end

-- --- IPO.

-- Who sells: those named, else all holders of issued shares in proportion.
local function sellers_of(books, o)
  local list = {}
  if o.sellers then
    for _, name in ipairs(o.sellers) do list[#list + 1] = ledger.find_holder(books, name) end
    return list
  end
  for _, holder in ipairs(books.holders) do
    if holder.name ~= "pool" and holder.name ~= o.name then list[#list + 1] = holder end
  end
  return list
end

local function sell_secondary(books, t, o, happens, shares, price, kept)
  local sellers, all = sellers_of(books, o), nil
  for _, holder in ipairs(sellers) do
    local held = ledger.shares_of_holder(books, holder)
    all = all and all + held or held
  end
  check_held(happens, shares, all, "the sellers have")
  local part = choose(happens, shares, 0) / all
  for _, holder in ipairs(sellers) do
    local sold = move(books, t, holder, o.name, ledger.shares_of_holder(books, holder) * part)
    ledger.flow(books, "sold by " .. holder.name, sold * price * kept)
  end
end

-- The price, where the valuation of the fully diluted shares before is given instead.
local function ipo_price(books, o)
  if (o.price ~= nil) == (o.pre ~= nil) then
    fail("give price, as in \"20 $/share\", or pre, the valuation before the new money")
  end
  if o.price then return o.price end
  return o.pre / current(books.total)
end

function sales.list(books, o)
  local t, happens = ledger.begin(books, o)
  local is_public = current(books.public)
  if known(is_public) == 1 then fail("there has been an IPO already") end
  if known(is_public) ~= 0 then happens = happens and happens & ~is_public or ~is_public end
  local price = ipo_price(books, o)
  local primary = in_shares(options.either(o, "primary", "raise") or q(0), price, "primary")
  local secondary = in_shares(o.secondary, price, "secondary")
  local shoe = (primary + secondary) * o.greenshoe
  local of_company = o.greenshoe_from == "company"
  primary = primary + (of_company and shoe or 0)
  secondary = secondary + (of_company and 0 or shoe)
  local kept, common = 1 - o.spread, books.classes.common
  local result = rounds.close(books, t, {
    form = "priced", happens = happens, valuation = price,
    raise = ledger.shown(books, primary * price),
  })
  ledger.give(books, t, o.name, common, result.new)
  if known(secondary) ~= 0 then
    sell_secondary(books, t, o, result.closed, secondary, price, kept)
  end
  set(books.public, t, max(current(books.public), result.closed))
  result.raised = result.raised * kept - choose(result.closed, o.costs, 0)
  ledger.flow(books, "raised", result.raised)
  result.post = ledger.shown(books, result.price * result.total)
  result.effective, result.dilution = result.pre, result.new / result.total
  rounds.note_result(books, t, o.name, result)
end

-- --- Options out of the pool.

local function option_class(books, holder)
  local name = holder .. " options"
  local class = books.classes[name] or ledger.add_class(books, name)
  class.strike = class.strike or ledger.new_cell(0, q "0 $")
  return class
end
sales.option_class = option_class

-- Gives options on shares: `money` is what exercising them all costs.
function sales.add_options(books, t, holder, shares, money)
  local class = option_class(books, holder)
  ledger.give(books, t, holder, class, shares)
  set(class.strike, t, current(class.strike) + money)
end

function sales.grant(books, o)
  local t, happens = ledger.begin(books, o)
  local pool = ledger.pool(books)
  if (o.shares ~= nil) == (o.part ~= nil) then
    fail("give shares, as in \"200,000 share\", or part, of the unissued pool, as in \"50 %%\"")
  end
  local shares = choose(happens, min(o.shares or pool * o.part, pool), 0)
  ledger.give(books, t, "pool", books.classes.common, -shares)
  if known(o.strike) == 0 then
    ledger.give(books, t, o.to, books.classes.common, shares)
  else
    sales.add_options(books, t, o.to, shares, shares * o.strike)
  end
end

function sales.exercise(books, o)
  local t, happens = ledger.begin(books, o)
  local class = books.classes[o.holder .. " options"]
  if not class then
    fail("\"%s\" has no options: they come from grant, or from the warrants of a debt", o.holder)
  end
  local part = choose(happens, o.part, 0)
  local money = current(class.strike) * part
  for _, lot in ipairs(class.lots) do
    local shares = current(lot.shares) * part
    set(lot.shares, t, current(lot.shares) - shares)
    ledger.give(books, t, lot.holder.name, books.classes.common, shares)
  end
  set(class.strike, t, current(class.strike) - money)
  ledger.flow(books, "raised", money)
end

return sales
