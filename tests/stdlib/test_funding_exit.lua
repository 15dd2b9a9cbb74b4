-- Exits from a cap table: classes, holders, SAFEs and notes that have not converted, debt.
local check = require "check"

-- --- One class that holds a part of the company: its preference, its terms, the exit, its payout.

for _, case in ipairs {
  -- part, invested, options, exit, payout: in $M
  { 1 / 7, 1, { preference = 2, participating = true }, 15, 2 + 13 / 7 }, -- Wikipedia
  { 1 / 7, 1, { preference = 2 }, 15, 15 / 7 },
  { 0.2, 5, {}, 40, 8 }, { 0.2, 5, { cap = 2 }, 40, 10 }, -- Foley Hoag
  { 0.2, 5, { participating = true }, 40, 12 },
  { 0.3, 2, { participating = true }, 10, 4.4 }, -- Gust
  { 0.2, 10, { participating = true }, 100, 28 }, { 0.2, 10, {}, 100, 20 },
  { 0.25, 2, { cap = 4 }, 1, 1 }, { 0.25, 2, { cap = 4 }, 10, 4 }, -- VentureSouth
  { 0.25, 2, { cap = 4 }, 24, 7.5 }, { 0.25, 2, { cap = 4 }, 26, 8 },
  { 0.25, 2, { cap = 4 }, 30, 8 }, { 0.25, 2, { cap = 4 }, 33, 8.25 },
  { 0.25, 2, { participating = true }, 33, 9.75 }, { 0.25, 2, {}, 10, 2.5 },
  { 1 / 6, 0.5, { preference = 4 }, 1.75, 1.75 },
  { 0.6, 50, {}, 100, 60 }, { 0.6, 50, { participating = true }, 100, 80 },
  { 0.6, 50, { cap = 3 }, 100, 80 }, -- Venture Deals: the cap of 150 is not reached
  { 0.4, 40, { preference = 3, participating = true }, 160, 136 },
} do
  local part, invested, options, exit, payout = table.unpack(case)
  options.shares, options.invested = part * 100, invested * q "1 $M"
  options.shares = options.shares * q "1 share"
  local t = funding.captable { common = (1 - part) * 100, A = options }
  local w = t:waterfall(exit * q "1 $M")
  check.equal(w.A, payout * q "1 $M")
  check.equal(w.A + w.common, exit * q "1 $M")
end

-- The preference and its cap as a round states them: $8M pre, $2M raised.
local t = funding.captable { founders = "8 M share" }
t:round { name = "A", pre = "8 $M", raise = "2 $M", preference = 1.5, cap = 3 }
check.equal(t:waterfall("2 $M").A, "2 $M")
check.equal(t:waterfall("8 $M").A, "4 $M")
check.equal(t:waterfall("20 $M").A, "6 $M")
check.equal(t:waterfall("40 $M").A, "8 $M")

-- --- Several classes. Ledgy's exercise: C before B before A, participating up to twice.

local function ledgy()
  local all = funding.captable { common = "1 M share" }
  for _, class in ipairs { { "A", 0.2, 0.9 }, { "B", 0.3, 2.1 }, { "C", 1.5, 15 } } do
    all:class { name = class[1], shares = class[2] * q "1 M share",
                invested = class[3] * q "1 $M", cap = 2 }
  end
  return all
end
for exit, payouts in pairs { ["25 $M"] = { 2333333.33, 1366666.67, 2.8e6, 18.5e6 },
                             ["35 $M"] = { 5.75e6, 1.8e6, 3.825e6, 23.625e6 },
                             ["45 $M"] = { 9555555.56, 1911111.11, 4.2e6, 29333333.33 },
                             ["60 $M"] = { 20e6, 4e6, 6e6, 30e6 } } do
  local w = ledgy():waterfall(exit)
  for i, name in ipairs { "common", "A", "B", "C" } do
    check.equal(w[name], payouts[i] * q "1 $", "0.01 $")
  end
end

-- Seniority: A $5M of 20 %, B $15M of 30 %.
local function two(terms_of_b)
  local all = funding.captable { common = 50 }
  all:class { name = "A", shares = "20 share", invested = "5 $M" }
  all:class { name = "B", shares = "30 share", invested = "15 $M", seniority = terms_of_b }
  return all
end
for exit, payouts in pairs { ["10 $M"] = { 0, 10 }, ["18 $M"] = { 3, 15 }, ["30 $M"] = { 5, 15 },
                             ["40 $M"] = { 50 / 7, 15 }, ["60 $M"] = { 12, 18 } } do
  local w = two("standard"):waterfall(exit)
  check.equal(w.A, payouts[1] * q "1 $M")
  check.equal(w.B, payouts[2] * q "1 $M")
end
check.equal(two("pari passu"):waterfall("10 $M").A, "2.5 $M")
check.equal(two("pari passu"):waterfall("18 $M").B, "13.5 $M")
local numbered = funding.captable { common = 50,
  A = { shares = "20 share", invested = "5 $M", seniority = 1 },
  B = { shares = "30 share", invested = "15 $M", seniority = 2 } }
check.equal(numbered:waterfall("10 $M").A, "5 $M")
check.equal(numbered:waterfall("10 $M").B, "5 $M")
check.fails("for all rounds or for none", function()
  numbered:round { name = "C", pre = "10 $M", raise = "1 $M" }
end)

-- --- Conversion, participation, rank and strike together, uncertain: everything is paid out.

local a = assume { exit = "1 to 400 $M", raise = "5 to 20 $M", pre = "20 to 60 $M",
                   multiple = "1 to 2 1", debt = "1 to 5 $M" }
t = funding.captable { founders = "8 M share", pool = "1 M share" }
t:safe { name = "angel", amount = "1 $M", cap = "10 $M" }
t:grant { shares = "500 k share", strike = "0.3 $/share" }
t:round { name = "A", pre = a.pre, raise = a.raise, pool = "10 %", preference = a.multiple,
          anti_dilution = "broad" }
t:round { name = "B", pre = "20 $M", raise = "10 $M", cap = 3, pro_rata = { "A" } }
t:debt { name = "lender", amount = a.debt, rate = "10 %/yr", warrants = "5 %" }
t:safe { name = "late", amount = "2 $M", cap = "60 $M", discount = "10 %" }
t:note { name = "bridge", amount = "1 $M", discount = "20 %", interest = "8 %/yr", held = "1 yr" }
local w = t:waterfall(a.exit, nil, { fees = "1 $M", carve_out = "5 %" })
local sum = q "0 $"
for name, payout in pairs(w) do
  sum = sum + payout
  check.always(payout:at_least(0))
  if name ~= "pool" then check.varies(payout) end
end
check.same(sum, a.exit)
check.equal(w.pool, "0 $")
local left = a.exit - min(a.debt, a.exit)
check.same(w.fees, min("1 $M", left))
check.always(w.lender:at_least(min(a.debt, a.exit)))
check.same(w.carve_out, max(left - "1 $M", 0) * "5 %")
check.always((w.bridge:at_most "1.08 $M" & w.bridge:above "1.079 $M") | w.founders:equals(0))
check.always(w.angel:at_least(0) & w.B:at_most(a.exit))

-- --- SAFEs and notes that have not converted: $1M at a $10M cap is 10 % or the money back.

t = funding.captable { founders = "9 M share", pool = "1 M share" }
t:safe { name = "S", amount = "1 $M", cap = "10 $M" }
check.equal(t:waterfall("0.5 $M").S, "0.5 $M")
check.equal(t:waterfall("5 $M").S, "1 $M")
check.equal(t:waterfall("10 $M").S, "1 $M")
check.equal(t:waterfall("20 $M").S, "2 $M")
check.equal(t:waterfall("20 $M").founders, "18 $M")
t = funding.captable { founders = "9 M share" }
t:safe { name = "S", amount = "1 $M", discount = "20 %" }
t:note { name = "N", amount = "2 $M" }
check.equal(t:waterfall("10 $M").S, "1.25 $M")
check.equal(t:waterfall("2.5 $M").N, "2 $M")
check.equal(t:waterfall("2.5 $M").S, "0.5 $M")
t = funding.captable { founders = "9 M share" }
t:note { name = "N", amount = "1 $M", cap = "9 $M", base = "fully diluted" }
check.equal(t:waterfall("20 $M").N, "2 $M")

-- A converted SAFE has a preference on the money put in, with the terms of the round.
local function converted(shadow)
  local all = funding.captable { founders = "8 M share" }
  all:safe { name = "S", amount = "1 $M", discount = "40 %", type = "post" }
  all:round { name = "A", price = "1 $/share", raise = "2 $M", seniority = "pari passu",
              shadow = shadow }
  return all:waterfall("3 $M")
end
check.equal(converted(true).S, "1 $M")
check.equal(converted(false).S, "1.363636363636 $M", "1 $")

-- --- A holder of several classes; the unissued pool; a company that is worth nothing.

t = funding.captable { founders = "8 M share", pool = "2 M share" }
t:round { name = "A", pre = "10 $M", raise = "10 $M", investors = { lead = "75 %", founders = 0.1 } }
w = t:waterfall("14 $M")
check.equal(w.lead, "7.5 $M")
check.equal(w.A, "1.5 $M")
check.equal(w.founders, "5 $M")
check.equal(w.pool, "0 $M")
w = t:waterfall("30 $M", nil, { granted = "50 %" })
check.equal(w.pool, "1.5789473684 $M", "1 $")
check.equal(w.founders + w.lead + w.A + w.pool, "30 $M")
w = t:waterfall "0 $M"
check.equal(w.founders, "0 $M")
check.equal(w.lead, "0 $M")
check.equal(t:waterfall("14 $M", "lead"), "7.5 $M")
check.fails("options come third", function() t:waterfall("14 $M", { fees = "1 $M" }) end)
check.fails("nobody called \"led\" is paid", function() return w.led end)

-- Pro rata: the contractual part of the round keeps the share only where nothing else dilutes it.
for _, case in ipairs { { nil, 0.1 }, { "10 %", 0.09 } } do
  t = funding.captable { others = "9 M share", fund = "1 M share" }
  t:round { name = "A", pre = "20 $M", raise = "5 $M", pool = case[1], pro_rata = { "fund" } }
  check.equal(t:ownership "fund", case[2])
end

check.done()
