-- What can happen to a cap table: methods of the type `captable`, as they are described to scripts.
local instruments = require "funding/instruments"
local rounds = require "funding/rounds"
local sales = require "funding/sales"
local debt = require "funding/debt"

local at_option = { "at", "", "the period in which it happens, as its number or its label; left "
  .. "out: at the same time as what was written before it, first of all at the opening, with its "
  .. "money in the first period; 0 is the opening, with its money over by then", kind = "any" }
local when_option = { "when", "", "the condition that it happens on, sample by sample; left out: "
  .. "it happens", kind = "condition" }

-- The options of an event: its own, then when it happens.
local function options(own)
  own[#own + 1], own[#own + 2] = at_option, when_option
  return own
end

local function class_options(own)
  return table.move({
    { "preference", "1", "the liquidation preference, as a multiple of the money put in; left out: "
      .. "1", range = "not negative" },
    { "liquidation_preference", "1", "the same as preference", range = "not negative" },
    { "pref", "1", "the same as preference", range = "not negative" },
    { "participating", "", "true: beside its preference it shares in what is left; false: it takes "
      .. "its preference or converts, whichever is more", kind = "boolean" },
    { "cap", "", "the most that a participating class gets, preference included: a multiple of the "
      .. "money put in, as in 3, or money; it converts where that is more", range = "positive" },
    { "participation_cap", "", "the same as cap", range = "positive" },
    { "seniority", "", "\"standard\": its preference is paid before those of earlier rounds; "
      .. "\"pari passu\": with the latest; or a number, 1 for those paid first", kind = "any",
      default = "standard" },
    { "anti_dilution", "", "what lowers its conversion price in a later round at a lower price: a "
      .. "weighted average, over the fully diluted shares (broad), those without the unissued pool "
      .. "(outstanding), the preferred (narrow) or its own (series); or a full ratchet",
      kind = "word", words = { "none", "broad", "outstanding", "narrow", "series", "ratchet" },
      default = "none" },
  }, 1, 8, #own + 1, own)
end

local events = {
  { "safe",
    "money now for shares at the next round: a SAFE. It converts at the lowest of the cap's price, "
      .. "the discount's and the round's, into a class of its own with the terms of the round; the "
      .. "preference is on the money put in",
    options = options {
      { "name", "", "who holds it; left out: SAFE, SAFE 2, ...", kind = "text" },
      { "amount", "$", "what is paid", range = "not negative" },
      { "raise", "$", "the same as amount", range = "not negative" },
      { "cap", "$", "the valuation cap; left out: none", range = "positive" },
      { "discount", "1", "what is taken off the round's price, as in \"20 %\"", range = "share" },
      { "discount_rate", "1", "the same as the part that is paid, as forms state it: \"80 %\"",
        range = "share" },
      { "type", "", "post-money: the holder gets amount / cap of the shares after all conversions; "
        .. "pre-money: the cap is over the shares before", kind = "word",
        words = { "post", "pre" }, default = "post" },
      { "ownership", "1", "amount / cap, in place of the cap: \"7 %\"", range = "share" },
      { "mfn", "", "most favoured nation: it takes the best cap and discount of later SAFEs of its "
        .. "type", kind = "boolean", default = false },
      { "base", "", "the shares that a pre-money cap is over: fully diluted (by default), without "
        .. "the unissued pool (issued), or with the round's pool increase", kind = "word",
        words = { "fully diluted", "issued", "with increase" } },
    },
    example = [[
local t = funding.captable { founders = "8 M share" }
t:safe { name = "angel", amount = "1.25 $M", cap = "12.5 $M" }
t:round { name = "A", pre = "40 $M", raise = "10 $M", pool = "10 %" }
print(t:price "A", t:price "angel", t:ownership "angel")]],
    result = "3.9375 $/share\t1.40625 $/share\t0.07\n",
    call = instruments.add_safe },
  { "note",
    "a loan that converts, with its interest, at the next round: a convertible note",
    options = options {
      { "name", "", "who holds it; left out: note, note 2, ...", kind = "text" },
      { "amount", "$", "the principal", range = "not negative" },
      { "raise", "$", "the same as amount", range = "not negative" },
      { "cap", "$", "the valuation cap; left out: none", range = "positive" },
      { "discount", "1", "what is taken off the round's price, as in \"20 %\"", range = "share" },
      { "discount_rate", "1", "the same as the part that is paid: \"80 %\"", range = "share" },
      { "interest", "", "per year, as in \"5 %/yr\"; left out: none", kind = "rate" },
      { "rate", "", "the same", kind = "rate" },
      { "compound", "", "true: interest on interest, yearly", kind = "boolean", default = false },
      { "held", "yr", "how long it has been held already; without a horizon, until it converts",
        kind = "scalar", default = "0 yr", range = "not negative" },
      { "maturity", "yr", "how long it runs", kind = "scalar", range = "positive" },
      { "at_maturity", "", "where it has not converted by then: it goes on (extend) or is paid "
        .. "back with its interest (repay)", kind = "word", words = { "extend", "repay" },
        default = "extend" },
      { "base", "", "the shares that the cap is over: those that the round's valuation counts "
        .. "(round: the price is the round's times cap / pre-money), fully diluted ones before it, "
        .. "issued ones, or fully diluted ones with the pool increase", kind = "word",
        words = { "round", "fully diluted", "issued", "with increase" }, default = "round" },
      { "method", "", "whom it dilutes: counted in the pre-money, the new investors keep their "
        .. "percentage (percent); not counted, the price stays (pre-money); or its money is added "
        .. "to the valuation (dollars)", kind = "word",
        words = { "percent", "pre-money", "dollars" },
        default = "percent" },
    },
    example = [[
local t = funding.captable { founders = "1 M share" }
t:note { name = "note", amount = "1 $M", discount = "30 %" }
t:round { name = "A", pre = "8 $M", raise = "2 $M" }
print(t:price "A", t:ownership "A")]],
    result = "6.57143 $/share\t0.2\n",
    call = function(books, o)
      if o.at_maturity == "repay" and not o.maturity then
        fail("maturity is missing: how long the note runs, as in \"18 mo\"")
      end
      instruments.add_note(books, o)
    end },
  { "round",
    "a priced round: new shares of a preferred class called as the round. The unissued pool is "
      .. "raised to its target and SAFEs and notes convert, both at the expense of those who were "
      .. "there before. In samples in which no positive price exists it does not happen. A "
      .. "round of the same name in a later period adds to the class",
    options = options(class_options {
      { "name", "", "what the round and its class are called; left out: round, round 2, ...",
        kind = "text" },
      { "pre", "$", "the valuation before the new money; a multiple of revenue per year is a "
        .. "number of years, as in revenue * \"20 yr\"", range = "not negative" },
      { "post", "$", "the valuation after it, in place of pre", range = "positive" },
      { "price", "$/share", "the price per share, in place of a valuation", range = "positive" },
      { "raise", "$", "the new money; of nothing there is no round, unless it has a price per "
        .. "share", range = "not negative" },
      { "sold", "1", "the part of the company that the new money buys, in place of raise",
        range = "share" },
      { "pool", "1", "the unissued pool after the closing, as a share of all; it is never lowered; "
        .. "left out: as it is", range = "share" },
      { "pool_from", "", "whom the pool increase dilutes: those before the round (pre) or all "
        .. "(post)",
        kind = "word", words = { "pre", "post" }, default = "pre" },
      { "investors", "", "who takes part, with what part of the round: { lead = \"80 %\" }; the "
        .. "rest is the holder called as the round", kind = "any" },
      { "pro_rata", "", "a list of holders that buy their present share of the round: { \"seed\" }",
        kind = "any" },
      { "limit", "", "a funding.market, which cuts the raise to what can be raised", kind = "any" },
      { "market", "", "the same as limit", kind = "any" },
      { "shadow", "", "true: what converts has its preference on the money put in; false: on its "
        .. "shares at the round's price", kind = "boolean", default = true },
    }),
    example = [[
local t = funding.captable { founders = "8 M share", pool = "1 M share" }
t:round { name = "seed", pre = "8 $M", raise = "2 $M", pool = "15 %" }
print(t:pre_effective "seed", t:ownership "founders", t:ownership "pool")]],
    result = "6.5 $M\t0.65\t0.15\n",
    call = rounds.hold_round },
  { "ipo",
    "shares sold to the public: new ones (primary) and those of holders (secondary). SAFEs, notes "
      .. "and all preferred become common",
    options = options {
      { "name", "", "what the new holders are called", kind = "text", default = "IPO" },
      { "price", "$/share", "the price per share", range = "positive" },
      { "pre", "$", "the valuation of the fully diluted shares before, in place of the price",
        range = "positive" },
      { "primary", "", "new shares, or what they bring: \"100 M share\" or \"2 $bn\"; left out: "
        .. "none", range = "not negative" },
      { "raise", "", "the same as primary", range = "not negative" },
      { "secondary", "", "shares that holders sell, or what they bring; at most what they have",
        default = "0", range = "not negative" },
      { "sellers", "", "a list of who sells; left out: all, in proportion to what they hold",
        kind = "any" },
      { "greenshoe", "1", "the over-allotment that is used, as a part of primary and secondary: up "
        .. "to \"15 %\"", default = "0 %", range = "share" },
      { "greenshoe_from", "", "whose shares those are", kind = "word",
        words = { "company", "sellers" }, default = "company" },
      { "spread", "1", "what the underwriters keep, as in "
        .. "\"4 %\"", default = "0 %", range = "share" },
      { "costs", "$", "direct costs of the company", default = "0 $", range = "not negative" },
    },
    example = [[
local t = funding.captable { holders = "850 M share" }
t:ipo { price = "20 $/share", primary = "100 M share", secondary = "50 M share", spread = "4 %" }
print(t:raised():as "$bn", t:post("IPO"):as "$bn", t:dilution "IPO")]],
    result = "1.92 $bn\t19 $bn\t0.105263\n",
    call = sales.list },
  { "secondary",
    "a holder sells shares to another: no new shares, no money for the company",
    options = options {
      { "seller", "", "who sells", kind = "text" },
      { "from", "", "the same as seller", kind = "text" },
      { "buyer", "", "who buys; left out: a holder called secondary", kind = "text" },
      { "to", "", "the same as buyer", kind = "text" },
      { "shares", "share", "how many; in samples in which the seller has fewer, all of them",
        range = "not negative" },
      { "amount", "$", "for how much money, in place of shares", range = "not negative" },
      { "price", "$/share", "the price per share; left out: that of the latest round",
        range = "positive" },
    },
    example = [[
local t = funding.captable { founders = "8 M share" }
t:secondary { seller = "founders", buyer = "fund", shares = "2 M share", price = "5 $/share" }
print(t:ownership "fund", t:proceeds "founders")]],
    result = "0.25\t10 $M\n",
    call = sales.sell },
  { "grant",
    "options, or shares, out of the unissued pool",
    options = options {
      { "to", "", "who gets them", kind = "text", default = "employees" },
      { "shares", "share", "how many; at most what is in the pool", range = "not negative" },
      { "part", "1", "the part of the unissued pool, in place of shares", range = "share" },
      { "strike", "$/share", "the exercise price", default = "0 $/share", range = "not negative" },
    },
    example = [[
local t = funding.captable { founders = "8 M share", pool = "2 M share" }
t:grant { to = "staff", shares = "1 M share", strike = "1 $/share" }
print(t:shares "pool", t:waterfall("17 $M").staff)]],
    result = "1 M share\t1 $M\n",
    call = sales.grant },
  { "exercise",
    "options become common, and their exercise price goes to the company",
    options = options {
      { "holder", "", "whose options", kind = "text", default = "employees" },
      { "part", "1", "the part of them that is exercised", default = "100 %", range = "share" },
    },
    call = sales.exercise },
  { "debt",
    "a loan to the company, which is no share of it",
    options = options {
      { "name", "", "what it is called; left out: debt, debt 2, ...", kind = "text" },
      { "amount", "$", "what is drawn", required = true, range = "not negative" },
      { "rate", "", "the interest per year, as in \"12 %/yr\"", kind = "rate", default = "0 %/yr" },
      { "term", "yr", "when it is paid back; left "
        .. "out: never", kind = "scalar", range = "positive" },
      { "repay", "", "at the end of the term (bullet), or over it in equal payments (annuity) or "
        .. "in equal parts of the amount (linear)", kind = "word",
        words = { "bullet", "annuity", "linear" }, default = "bullet" },
      { "interest_only", "yr", "how long interest alone is paid, of annuity and linear",
        kind = "scalar", default = "0 yr", range = "not negative" },
      { "covenant", "", "the condition that is to hold while it is outstanding: one, a series, or "
        .. "a function of the period", kind = "any" },
      { "warrants", "1", "warrant coverage: options on shares for this part of the amount",
        range = "not negative" },
      { "strike", "$/share", "the exercise price of the warrants; left out: the price of the "
        .. "latest round", range = "positive" },
    },
    example = [[
horizon { from = "2026-01", periods = 36 }
local t = funding.captable { founders = "8 M share" }
t:debt { amount = "1 $M", rate = "12 %/yr", term = "36 mo", repay = "annuity" }
print(t:payments(1):as "$", t:balance(36))]],
    result = "33214.3 $\t0 $M\n",
    call = function(books, o)
      if o.repay ~= "bullet" and not o.term then
        fail("term is missing: when the debt is paid back, as in \"36 mo\"")
      end
      debt.add(books, o)
    end },
  { "class",
    "a class of preferred shares that is there already",
    options = class_options {
      { "name", "", "who holds it", kind = "text", required = true },
      { "shares", "share", "how many, as converted", required = true, range = "not negative" },
      { "invested", "$", "what was paid for them", range = "not negative" },
      { "price", "$/share", "the price paid per share, in place of invested",
        range = "not negative" },
    },
    example = [[
local t = funding.captable { founders = "8 M share" }
t:class { name = "seed", shares = "2 M share", invested = "3 $M" }
print(t:ownership "seed", t:waterfall("10 $M").seed)]],
    result = "0.2\t3 $M\n",
    call = rounds.add_class },
}

-- Each gives the table back: table:safe { ... }:round { ... }.
for _, event in ipairs(events) do
  local happen = event.call
  event.call = function(books, o)
    happen(books, o)
    return books.object
  end
end

return events
