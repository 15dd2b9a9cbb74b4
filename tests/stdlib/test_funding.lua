-- The module `funding`: options that are uncertain, markets, formulas, mistakes.
local check = require "check"

-- --- Every option reaches the result, and refuses another unit.

local function make_round(o)
  o.name = "A"
  local t = funding.captable { founders = "8 M share", pool = "1 M share" }
  t:safe { name = "S", amount = "1 $M", cap = "12 $M" }
  t:round(o)
  local w = t:waterfall "7 $M"
  return t:ownership "S" + t:price "A" / "1 $/share" + w.A / "1 $M" + w.founders / "1 $M"
end
check.options(make_round, { pre = "20 $M", raise = "5 $M", pool = "15 %" }, {
  pre = "15 to 30 $M", raise = "2 to 8 $M", pool = "15 to 20 %", preference = "1 to 1.3 1",
}, { pool = "7 $" })
check.options(make_round, { raise = "5 $M" }, { post = "20 to 40 $M", price = "1 to 2 $/share" })
check.options(make_round, { pre = "20 $M" }, { sold = "5 to 20 %" })
check.options(make_round, { pre = "20 $M", raise = "2 $M" }, { cap = "1.1 to 1.4 1" })

local function make_safe(o)
  local t = funding.captable { founders = "8 M share", pool = "1 M share" }
  o.name = "S"
  t:safe(o)
  t:round { pre = "20 $M", raise = "5 $M" }
  return t:shares "S"
end
check.options(make_safe, { amount = "1 $M" }, {
  amount = "1 to 2 $M", cap = "5 to 9 $M", discount = "10 to 20 %", discount_rate = "80 to 90 %",
  ownership = "7 to 9 %",
})
for _, base in ipairs { "fully diluted", "issued" } do
  check.options(make_safe, { amount = "1 $M", type = "pre", base = base }, { cap = "5 to 9 $M" })
end

local function make_note(o)
  local t = funding.captable { founders = "8 M share", pool = "1 M share" }
  o.name = "N"
  t:note(o)
  t:round { pre = "20 $M", raise = "5 $M", pool = "12 %" }
  return t:shares "N"
end
for _, base in ipairs { "round", "fully diluted", "issued", "with increase" } do
  check.options(make_note, { amount = "1 $M", held = "1 yr", interest = "5 %/yr", base = base }, {
    amount = "1 to 2 $M", cap = "5 to 9 $M", discount = "10 to 20 %", interest = "4 to 9 %/yr",
    held = "1 to 2 yr",
  })
end

check.options(function(o)
  local t = funding.captable { holders = "800 M share" }
  t:ipo(o)
  return t:raised() / "1 $bn" + t:proceeds "holders" / "1 $bn" + t:ownership "IPO"
end, { price = "20 $/share", primary = "100 M share", secondary = "50 M share" }, {
  price = "18 to 22 $/share", primary = "80 to 120 M share", secondary = "1 to 2 $bn",
  greenshoe = "1 to 15 %", spread = "3 to 7 %", costs = "5 to 10 $M",
})

check.options(function(o)
  local t = funding.captable { founders = "8 M share" }
  o.seller, o.buyer, o.price = "founders", "fund", o.price or "2 $/share"
  t:secondary(o)
  return t:ownership "fund" + t:proceeds "founders" / "1 $M"
end, {}, { shares = "1 to 2 M share", amount = "1 to 2 $M" })
check.options(function(o)
  local t = funding.captable { founders = "8 M share" }
  t:secondary { seller = "founders", shares = "1 M share", price = o.price }
  return t:proceeds "founders"
end, {}, { price = "1 to 2 $/share" })

check.options(function(o)
  local t = funding.captable { founders = "8 M share", pool = "2 M share" }
  t:grant(o)
  return t:waterfall("20 $M").employees
end, { strike = "0.5 $/share" }, { shares = "1 to 2 M share", part = "10 to 90 %" })
check.options(function(o)
  local t = funding.captable { founders = "8 M share", pool = "2 M share" }
  t:grant { part = "50 %", strike = o.strike }
  return t:waterfall("20 $M").employees
end, {}, { strike = "0.1 to 1 $/share" })

check.options(funding.anti_dilution, { price = "2 $/share", new_price = "1 $/share",
                                       shares = "2 M share", base = "10 M share" }, {
  price = "2 to 3 $/share", new_price = "0.5 to 1.5 $/share", shares = "1 to 2 M share",
  base = "5 to 10 M share",
})
check.options(function(o) return funding.note(o).shares end, {
  amount = "1 $M", price = "1 $/share", pre = "10 $M", cap = "5 $M", interest = "5 %/yr",
  held = "1 yr",
}, { amount = "1 to 2 $M", price = "1 to 2 $/share", pre = "10 to 20 $M", cap = "5 to 6 $M",
     interest = "5 to 9 %/yr", held = "1 to 2 yr" })
check.options(function(o)
  return funding.note { amount = "1 $M", price = "1 $/share", discount = o.discount }.price
end, {}, { discount = "10 to 20 %" })

-- --- Tables that are uncertain: the shares of all are one in every sample.

local a = assume { founders = "7 to 9 M share", cap = "5 to 30 $M", discount = "uniform(0, 0.3) 1",
                   pre = "2 to 60 $M", raise = "1 to 10 $M", pool = "5 to 20 %" }
local t = funding.captable { founders = a.founders, pool = "0.5 M share",
                             seed = { shares = "2 M share", price = "0.8 $/share",
                                      anti_dilution = "broad" } }
t:safe { name = "S", amount = "0.5 $M", cap = a.cap, discount = a.discount }
t:safe { name = "P", amount = "0.2 $M", cap = a.cap, type = "pre" }
t:note { name = "N", amount = "0.3 $M", cap = a.cap, discount = "15 %" }
t:round { name = "A", pre = a.pre, raise = a.raise, pool = a.pool, anti_dilution = "ratchet" }
t:round { name = "B", pre = "12 $M", raise = "5 $M", pool = "10 %" }
local owned = q "0"
for _, name in ipairs(t:holders()) do owned = owned + t:ownership(name) end
check.always(abs(owned - 1):at_most(1e-13))
local closed = t:happened "A"
check.same(t:post "A", when(closed, a.pre + a.raise, "0 $"))
check.same(t:raised(), when(closed, a.raise, "0 $") + when(t:happened "B", "6 $M", "1 $M"))
check.always((t:price "S"):at_most(t:price "A") | t:price "A" :equals(0))
check.same(t:ownership "B", when(t:happened "B", 5 / 17, 0))
check.always((t:happened "B"):equals(~t:ownership "B" :equals(0)))

-- --- Markets. The essay: 250 to 500 $bn at 1.5 to 2.5 $tn is plausible, 1 $tn at 4 $tn is not.

local essay = funding.market { limit = { { "1.5 $tn", "250 $bn" }, { "2.5 $tn", "500 $bn" } } }
check.equal(essay:limit "1.5 $tn", "250 $bn")
check.equal(essay:limit "2.5 $tn", "500 $bn")
check.equal(essay:limit "2 $tn", "375 $bn")
check.equal(essay:limit "4 $tn", "500 $bn")
check.equal(essay:limit "0.6 $tn", "100 $bn")
check.equal(essay:limit "0 $tn", "0 $bn")
check.always(essay:raise("1 $tn", "4 $tn"):below "1 $tn")
check.equal(essay:raise("300 $bn", "2 $tn"), "300 $bn")
check.equal(funding.market { limit = "20 %" }:limit "4 $tn", "800 $bn")
check.equal(funding.market { limit = 0.2 }:limit "4 $tn", "800 $bn")
check.equal(funding.market { limit = "20 %", of = "post" }:limit "4 $tn", "1 $tn")
check.equal(funding.market { limit = "30 $bn" }:limit "4 $tn", "30 $bn")
check.equal(funding.market { limit = function(v) return v / 8 end }:limit "4 $tn", "500 $bn")
check.equal(funding.market {}:raise("5 $bn", "4 $tn"), "5 $bn")
check.always(funding.market {}:left():equals(math.huge))
check.varies(funding.market { limit = { { "1 to 2 $tn", "250 $bn" } } }:limit "500 $bn")

-- A raise beyond the ceiling is cut to it; without a round left there is none.
local market = funding.market { limit = "25 %", rounds = 1 }
t = funding.captable { founders = "8 M share" }
t:round { name = "A", pre = "8 $M", raise = "5 $M", limit = market }
check.equal(t:raised(), "2 $M")
check.equal(t:ownership "A", "20 %")
check.equal(market:left(), 0)
t:round { name = "B", pre = "8 $M", raise = "5 $M", limit = market }
check.equal(t:raised(), "2 $M")
check.equal(t:ownership "B", "0 %")
check.always(~t:happened "B")
t:round { name = "C", pre = "8 $M", raise = "5 $M", limit = "10 %" } -- a limit by itself
check.equal(t:raised(), "2.8 $M")
market:count(true)
check.always(~market:open())

-- --- Formulas, with rounds as they were (pre-money, raise; sources in the documentation).

check.equal(funding.post("730 $bn", "122 $bn"), "852 $bn")
check.equal(funding.dilution("122 $bn", "730 $bn"), 122 / 852)
check.equal(funding.dilution("30 $bn", "350 $bn"), 30 / 380)
check.equal(funding.pre_effective("20 $M", "5 $M", "12 %"), "17 $M") -- deckmetric
check.equal(funding.runway("250 $k", "50 $k/mo"), "5 mo")
check.equal(funding.runway("120 $k", "20 $k/mo"), "6 mo")
check.always(funding.runway("120 $k", "0 $k/mo"):equals(math.huge))
check.always(funding.runway("120 $k", "-5 $k/mo"):equals(math.huge))
check.equal(funding.runway("-1 $k", "5 $k/mo"), "0 mo")
check.varies(funding.runway("1 to 2 $M", "50 to 80 $k/mo"))

-- --- Defaults, names, several of a kind.

t = funding.captable { founders = "9 M share" }
t:safe { amount = "100 $k", cap = "10 $M" }
t:safe { amount = "200 $k", cap = "10 $M" }
t:note { amount = "100 $k" }
t:round { pre = "10 $M", raise = "1 $M" }
t:round { pre = "20 $M", raise = "2 $M" }
check.is_true(table.concat(t:holders(), ",") == "founders,SAFE,SAFE 2,note,round,round 2")
check.same(t:price(), t:price "round 2")
check.equal(t:shares "SAFE 2" / t:shares "SAFE", 2)
t:round { pre = "40 $M", raise = "4 $M" }
check.equal(t:price "round 3" / t:price "round", "3.3057851239669422", "1e-9")
check.equal(t:raised(), "7.4 $M")

-- --- Mistakes.

local function mistake(text, f)
  check.fails(text, function() f(funding.captable { founders = "8 M share", pool = "1 M share" }) end)
end
mistake("captable:round: raise is missing", function(c) c:round { pre = "8 $M" } end)
mistake("give the valuation once", function(c) c:round { raise = "8 $M" } end)
mistake("there are several", function(c)
  c:round { pre = "8 $M", post = "9 $M", raise = "8 $M" }
end)
mistake("pre must be money, as in $", function(c)
  c:round { pre = q "2 $M/yr" * 20, raise = "8 $M" }
end)
mistake("there is no positive price", function(c)
  c:round { pre = "8 $M", raise = "2 $M", pool = "85 %" }
end)
mistake("there is no positive price", function(c)
  c:safe { amount = "5 $M", cap = "5 $M" }
  c:round { pre = "8 $M", raise = "2 $M" }
end)
mistake("captable:safe: amount is missing", function(c) c:safe { cap = "5 $M" } end)
mistake("write type = \"pre\"", function(c)
  c:safe { amount = "1 $M", cap = "5 $M", base = "issued" }
end)
mistake("give cap or ownership", function(c)
  c:safe { amount = "1 $M", cap = "5 $M", ownership = "7 %" }
end)
mistake("there is already a class of shares \"S\"", function(c)
  c:safe { name = "S", amount = "1 $M" }
  c:safe { name = "S", amount = "1 $M" }
end)
mistake("maturity is missing", function(c) c:note { amount = "1 $M", at_maturity = "repay" } end)
mistake("term is missing", function(c) c:debt { amount = "1 $M", repay = "linear" } end)
mistake("there is no holder \"fouders\": there are founders, pool", function(c)
  c:ownership "fouders"
end)
mistake("there is no round \"A\": there has been none", function(c) c:price "A" end)
mistake("has not converted", function(c)
  c:safe { name = "S", amount = "1 $M" }
  c:price "S"
end)
mistake("at = 3 needs a horizon", function(c) c:round { at = 3, pre = "8 $M", raise = "1 $M" } end)
mistake("give shares or amount", function(c)
  c:secondary { seller = "founders", price = "1 $/share" }
end)
mistake("price is missing", function(c) c:secondary { seller = "founders", amount = "1 $M" } end)
mistake("write grant", function(c)
  c:secondary { seller = "pool", amount = "1 $M", price = "1 $/share" }
end)
mistake("give price, as in", function(c) c:ipo { primary = "1 M share" } end)
mistake("\"staff\" has no options", function(c) c:exercise { holder = "staff" } end)
mistake("seniority must be", function(c)
  c:round { pre = "8 $M", raise = "1 $M", seniority = "first" }
end)
mistake("take more than the whole round", function(c)
  c:round { pre = "8 $M", raise = "1 $M", investors = { x = "60 %", y = "50 %" } }
end)
mistake("cap limits what a participating class gets", function(c)
  c:round { pre = "8 $M", raise = "1 $M", participating = false, cap = 2 }
end)
mistake("a history is over periods: set them first", function(c) c:history "founders" end)
mistake("there is no debt", function(c) c:balance "loan" end)
check.fails("founders must be", function() funding.captable { founders = "8 $M" } end)
check.fails("holders have names", function() funding.captable { "8 M share" } end)
check.fails("nobody has shares", function() funding.captable {} end)
check.fails("A: give invested", function()
  funding.captable { founders = 8, A = { shares = "2 share" } }
end)
check.fails("burn must be money per time", function() funding.runway("1 $M", "1 $M") end)
check.fails("must increase", function()
  funding.market { limit = { { "2 $tn", "1 $bn" }, { "1 $tn", "2 $bn" } } }
end)
check.fails("point 1 of limit", function() funding.market { limit = { { "2 $tn" } } } end)
check.fails("limit must be", function() funding.market { limit = "3 GW" } end)

check.done()
