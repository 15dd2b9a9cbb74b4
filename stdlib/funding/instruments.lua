-- What has been paid for and will convert: SAFEs and convertible notes; a part of the module
-- `funding`.
local ledger = require "funding/ledger"
local options = require "shared/options"
local current, choose = ledger.current, ledger.choose

local instruments = {}

local base_letters = { post = "p", ["fully diluted"] = "d", issued = "i", ["with increase"] = "a",
                       round = "r" }
local method_letters = { percent = "w", ["pre-money"] = "o", dollars = "m" }

-- Forms print the part that is paid, 80 %, as the "discount rate".
local function question_discount(o)
  local discount = o.discount and known(o.discount)
  if discount and discount >= 0.5 then
    warn(("a discount of %g %%: what remains to be paid, as forms state it, "
      .. "is discount_rate"):format(
      100 * discount))
  end
end

-- The money that is put in.
local function amount_of(o)
  local amount = options.either(o, "amount", "raise")
  if not amount then fail("amount is missing: what is paid, as in \"1 $M\"") end
  return amount
end

-- The part of the round's price that is saved.
local function discount_of(o)
  if o.discount and o.discount_rate then fail("give discount or discount_rate, not both") end
  question_discount(o)
  return o.discount or (o.discount_rate and 1 - o.discount_rate) or 0
end

local function add_instrument(books, t, happens, o, kind, instrument)
  local name = ledger.free_name(books, o.name, kind)
  local amount = o.amount
  ledger.show_in(books, amount)
  instrument.name, instrument.since = name, t
  instrument.issued, instrument.amount = choose(happens, amount, 0), amount
  instrument.live = ledger.new_cell(t, happens or 1)
  instrument.discount = instrument.discount or discount_of(o)
  books.instruments[name] = instrument
  books.instruments[#books.instruments + 1] = instrument
  ledger.holder_of(books, name)
  ledger.flow(books, "raised", instrument.issued)
end

function instruments.add_safe(books, o)
  o.amount, o.raise = amount_of(o), nil
  if o.cap and o.ownership then fail("give cap or ownership, which is amount / cap, not both") end
  if o.base and o.type == "post" then
    fail("base is of a pre-money SAFE: the cap of a post-money one counts all shares after it "
         .. "converts; write type = \"pre\"")
  end
  local t, happens = ledger.begin(books, o)
  local cap = o.cap or (o.ownership and o.amount / o.ownership)
  add_instrument(books, t, happens, o, "SAFE", {
    cap = cap or math.huge, mfn = o.mfn, type = o.type,
    letters = (o.type == "post" and "p" or base_letters[o.base or "fully diluted"]) .. "w",
  })
end

-- Nil where there is none.
function instruments.interest_of(o) return options.either(o, "interest", "rate") end

function instruments.add_note(books, o)
  if o.base == "with increase" and o.method ~= "percent" then
    fail("base = \"with increase\" goes with method = \"percent\" alone")
  end
  o.amount, o.raise = amount_of(o), nil
  o.interest, o.rate = instruments.interest_of(o), nil
  local t, happens = ledger.begin(books, o)
  add_instrument(books, t, happens, o, "note", {
    cap = o.cap or math.huge, interest = o.interest, compound = o.compound, held = o.held,
    maturity = o.maturity, at_maturity = o.at_maturity, type = "note",
    letters = base_letters[o.base] .. method_letters[o.method],
  })
end

-- How long a note has been held by period t.
local function age_of(note, t)
  if count_periods() == 0 then return note.held end
  return note.held + (t - note.since) * dt
end

-- Principal and interest: simple, principal (1 + r t), or compound, principal (1 + r)^t.
function instruments.accrue(principal, rate, time, compound)
  local years = time / "1 yr"
  return principal * (compound and (1 + rate) ^ years or 1 + rate * years)
end

local function with_interest(instrument, t)
  if not instrument.interest then return instrument.amount end
  return instruments.accrue(instrument.amount, instrument.interest, age_of(instrument, t),
                            instrument.compound)
end

-- Principal and interest at t, in the samples in which it is outstanding. It must not have matured
-- in the period `by`: that itself, or the one before for what happens in the period.
local function owed_unless_repaid(instrument, t, by)
  local amount, live = with_interest(instrument, t), ledger.value_in(instrument.live, t, 0)
  if instrument.at_maturity == "repay" then
    live = live * age_of(instrument, by):below(instrument.maturity)
  end
  return known(live) == 1 and amount or amount * live
end

-- What is owed at the end of period t, and what converts in it.
function instruments.owed(instrument, t) return owed_unless_repaid(instrument, t, t) end
function instruments.converting(instrument, t) return owed_unless_repaid(instrument, t, t - 1) end

-- What is paid back in period t of a note that matures in it.
function instruments.repaid(note, t)
  if note.at_maturity ~= "repay" or t <= note.since then return nil end
  local matures = age_of(note, t):at_least(note.maturity) & age_of(note, t - 1):below(note.maturity)
  return when(matures, with_interest(note, t) * ledger.value_in(note.live, t, 0), 0)
end

-- A most-favoured-nation SAFE has the best cap and discount of those of its type issued later,
-- in the samples in which they were.
function instruments.terms_of(books, instrument)
  local cap, discount = instrument.cap, instrument.discount
  if not instrument.mfn then return cap, discount end
  local later = false
  for _, other in ipairs(books.instruments) do
    if later and other.type == instrument.type and not other.mfn then
      local issued = other.issued:above(0)
      cap = min(cap, choose(issued, other.cap, math.huge))
      discount = max(discount, choose(issued, other.discount, 0))
    end
    later = later or other == instrument
  end
  return cap, discount
end

-- Those that may convert in what happens next.
function instruments.outstanding(books)
  local list = {}
  for _, instrument in ipairs(books.instruments) do
    if known(current(instrument.live)) ~= 0 then list[#list + 1] = instrument end
  end
  return list
end

return instruments
