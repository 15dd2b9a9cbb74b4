-- Priced rounds, SAFEs and notes against published and recomputed examples. Letters are those of
-- the kind of example: A pools, B SAFEs, C notes, E anti-dilution.
local check = require "check"

local function table_of(holders) return funding.captable(holders) end

-- --- A. Rounds and pools.

local t = table_of { founders = "6 M share" } -- Venture Hacks, the option pool shuffle
t:round { name = "A", pre = "8 $M", raise = "2 $M", pool = "20 %" }
check.equal(t:price "A", "1 $/share")
check.equal(t:total(), "10 M share")
check.equal(t:ownership "founders", "60 %")
check.equal(t:pre_effective "A", "6 $M")
check.equal(t:post "A", "10 $M")
check.equal(t:dilution "A", "20 %")

t = table_of { founders = "6 M share" } -- the same with the pool made after the closing
t:round { name = "A", pre = "8 $M", raise = "2 $M", pool = "20 %", pool_from = "post" }
check.equal(t:total(), "9.375 M share")
check.equal(t:ownership "founders", "64 %")
check.equal(t:ownership "A", "16 %")
check.equal(t:ownership "pool", "20 %")

t = table_of { founders = "3 M share" }
t:round { name = "A", pre = "15 $M", raise = "5 $M", pool = "15 %" }
check.equal(t:price "A", "4 $/share")
check.equal(t:shares "pool", "750,000 share")

t = table_of { founders = "9.5 M share", pool = "0.5 M share" } -- an unissued pool counts
t:round { name = "A", pre = "20 $M", raise = "5 $M", pool = "15 %" }
check.equal(t:price "A", "1.7105263157894737 $/share")
check.equal(t:shares "A", "2,923,076.923076923 share")
check.equal(t:shares "pool", "2,192,307.6923076925 share")

t = table_of { common = "500 k share", A = "200 k share", pool = "125 k share" }
t:round { name = "B", pre = "10 $M", raise = "2.5 $M" }
check.equal(t:price "B", q "10 $M" / "825 k share")
check.equal(t:ownership "B", "20 %")

t = table_of { founders = 22200 } -- plain numbers are shares
t:round { name = "A", pre = "700 $k", raise = "25 $k" }
check.equal(t:price "A", "31.5315 $/share", "0.0001 $/share")
check.equal(t:ownership "A", "3.448275862 %", "0.00001 %")

-- The valuation may be post, price, or what is sold.
for _, terms in ipairs { { post = "10 $M", raise = "2 $M" }, { pre = "8 $M", sold = "20 %" },
                         { post = "10 $M", sold = "20 %" }, { pre = "8 $M", post = "10 $M" },
                         { price = "1 $/share", raise = "2 $M" } } do
  local founders = table_of { founders = "6 M share" }
  terms.name, terms.pool = "A", "20 %"
  founders:round(terms)
  check.equal(founders:price "A", "1 $/share")
  check.equal(founders:ownership "founders", "60 %")
  check.equal(founders:pre "A", "8 $M")
end

-- --- B. SAFEs.

-- Holders and SAFEs { name, options }; then the round.
local function close(holders, safes, round)
  local made = table_of(holders)
  for i, safe in ipairs(safes) do
    safe.name = safe.name or "S" .. i
    made:safe(safe)
  end
  round.name = "A"
  made:round(round)
  return made
end

t = close({ founders = "8 M share" }, { { amount = "1.25 $M", cap = "12.5 $M" } },
          { pre = "40 $M", raise = "10 $M", pool = "10 %" })
check.equal(t:total(), "12,698,412.698412698 share")
check.equal(t:price "A", "3.9375 $/share")
check.equal(t:price "S1", "1.40625 $/share")
check.equal(t:shares "S1", "888,888.8888888889 share")
check.equal(t:ownership "S1", "7 %")
check.equal(t:ownership "founders", "63 %")

-- Y Combinator's talk on SAFEs: the shares to a hundredth of a percent.
local talk = { founders = "9.25 M share", staff = "650 k share", pool = "100 k share" }
t = close(talk, { { amount = "200 $k", cap = "4 $M" }, { amount = "800 $k", cap = "8 $M" } },
          { pre = "15 $M", raise = "5 $M", pool = "10 %", investors = { lead = "80 %" } })
check.equal(t:price "A", "1.11447 $/share", "0.00001 $/share")
check.equal(t:shares "A" + t:shares "lead", "4,486,425 share", "1 share")
check.equal(t:shares "lead", "3,589,140 share", "1 share")
check.equal(t:total(), "17,945,701 share", "1 share")
check.equal(t:price "S1", "0.34 $/share", "1e-6 $/share")
check.equal(t:price "S2", "0.68 $/share", "1e-6 $/share")
t = close(talk, { { amount = "200 $k", cap = "4 $M" }, { amount = "800 $k", cap = "10 $M" } },
          { pre = "15 $M", raise = "5 $M", pool = "10 %" })
check.equal(t:price "A", "1.140926 $/share", "1e-6 $/share")

-- Five SAFEs, one of 7 %, one without a cap: caps of 30 on 16.7 do not bind.
local sheet = { common = "9,390,728 share", pool = "609,272 share" }
local function five(second)
  second.amount = "375 $k"
  return { { amount = "125 $k", ownership = "7 %" }, second,
           { amount = "475 $k", cap = "10 $M" }, { amount = "28.5 $k", cap = "13 $M" },
           { amount = "2,997.5 $k", cap = "30 $M" } }
end
t = close({ holders = sheet.common, pool = sheet.pool }, five {},
          { pre = "16.7 $M", raise = "4 $M", pool = "10 %" })
check.equal(t:total(), "20,606,916 share", "1 share")
check.equal(t:shares "pool", "2,060,692 share", "1 share")
check.same(t:price "S5", t:price "A")
check.same(t:price "S2", t:price "A")
t = close({ holders = sheet.common, pool = sheet.pool }, five { cap = "10 $M" },
          { pre = "16.7 $M", raise = "4 $M", pool = "10 %" })
check.equal(t:total(), "21,040,959 share", "1 share")
t = close({ holders = sheet.common, pool = sheet.pool }, five {}, -- the pool is never lowered
          { pre = "16.7 $M", raise = "4 $M", pool = "1 %" })
check.equal(t:shares "pool", "609,272 share")
check.equal(t:price "A", "1.132864 $/share", "1e-6 $/share")

t = close({ founders = "2 M share" }, { { amount = "2 $M", cap = "10 $M" } },
          { pre = "32 $M", raise = "8 $M" })
check.equal(t:price "A", "12.8 $/share")
check.equal(t:total(), "3.125 M share")

local ten = {}
for _, amount in ipairs { 50000, 1000000, 25000, 175000, 150000, 50000 } do
  ten[#ten + 1] = { amount = amount * q "1 $", cap = "10 $M" }
end
for _, amount in ipairs { 5000, 50000, 311147.8, 250000 } do
  ten[#ten + 1] = { amount = amount * q "1 $", cap = "20 $M" }
end
t = close({ founders = "11,694,118 share" }, ten,
          { pre = "49.8 $M", raise = "10,199,995.29 $", pool = "10 %" })
check.equal(t:total(), "19,436,401 share", "1 share")

-- A cap equal to the pre-money does not bind where the pool is raised in it.
t = close({ holders = "15,201,645 share", pool = "1,259,260 share" },
          { { amount = "3.631 $M", cap = "17 $M" }, { amount = "1 $M", cap = "80 $M" } },
          { pre = "80 $M", raise = "20 $M", pool = "7 %" })
check.equal(t:total(), "27,426,237 share", "1 share")
check.same(t:price "S2", t:price "A")
t = close({ founders = "10 M share" }, { { amount = "1 $M", cap = "15 $M" } },
          { pre = "15 $M", raise = "5 $M", pool = "10 %" })
check.equal(t:price "A", "1.2 $/share")
check.equal(t:shares "S1", "833,333.3333333334 share")
t = close({ founders = "10 M share" }, { { amount = "1 $M", cap = "15 $M" } },
          { pre = "15 $M", raise = "5 $M" })
check.equal(t:price "A", "1.4 $/share")

-- Entrepreneur First: most favoured nation takes the terms of later SAFEs, not of earlier ones.
t = table_of { founders = "71 share", pool = "10 share" }
t:safe { name = "EF", amount = "125 $k", ownership = "8 %" }
t:safe { name = "MFN", amount = "125 $k", mfn = true }
t:safe { name = "investors", amount = "1.25 $M", cap = "12.5 $M" }
t:round { name = "A", pre = "40 $M", raise = "10 $M", pool = "10 %" }
check.equal(t:ownership "MFN" / t:ownership "EF", "12.5 %")
check.equal(t:ownership "investors" / t:ownership "MFN", "10")
t = close({ founders = "8 M share" }, { { amount = "1 $M", mfn = true } }, -- nothing later
          { pre = "10 $M", raise = "2 $M" })
check.same(t:price "S1", t:price "A")

-- Down rounds, discounts, caps: 10 M shares, $1M.
for _, case in ipairs {
  -- terms of the SAFE; pre, raise; price, price of the SAFE
  { { cap = "20 $M" }, "10 $M", "2.5 $M", "0.9 $/share", "0.9 $/share" },
  { { cap = "10 $M", discount = "20 %" }, "12 $M", "3 $M", "1.075 $/share", "0.86 $/share" },
  { { cap = "10 $M", discount = "20 %" }, "15 $M", "5 $M", "1.35 $/share", "0.9 $/share" },
  { { discount = "20 %" }, "10 $M", "2.5 $M", "0.875 $/share", "0.7 $/share" },
  { { discount_rate = "80 %" }, "10 $M", "2.5 $M", "0.875 $/share", "0.7 $/share" },
  { {}, "10 $M", "2.5 $M", "0.9 $/share", "0.9 $/share" },
} do
  case[1].amount = "1 $M"
  t = close({ founders = "10 M share" }, { case[1] }, { pre = case[2], raise = case[3] })
  check.equal(t:price "A", case[4])
  check.equal(t:price "S1", case[5])
end

-- A pre-money SAFE, by what its cap is over.
for base, price in pairs { ["fully diluted"] = 1, ["with increase"] = 23 / 24, issued = 1.125 } do
  t = close({ founders = "8 M share", pool = "1 M share" },
            { { amount = "1 $M", cap = "9 $M", type = "pre", base = base } },
            { pre = "15 $M", raise = "5 $M", pool = "10 %" })
  check.equal(t:price "S1", price * q "1 $/share")
end
t = close({ founders = "8 M share", pool = "2 M share" },
          { { amount = "2.5 $M", cap = "10 $M", type = "pre" } },
          { price = "2 $/share", raise = "1 $M" })
check.equal(t:shares "S1", "2.5 M share")
t = close({ founders = "5 M share" }, { { amount = "200 $k", cap = "4 $M", type = "pre" } },
          { price = "2 $/share", raise = "2 $M" })
check.equal(t:shares "S1", "250,000 share")

-- SAFEs of all kinds and a note in one round.
t = table_of { founders = "10 M share" }
t:safe { name = "pre", amount = "1 $M", cap = "10 $M", type = "pre" }
t:safe { name = "post", amount = "2 $M", cap = "20 $M" }
t:note { name = "note", amount = "500 $k", interest = "6 %/yr", held = "18 mo", cap = "15 $M",
         discount = "20 %", base = "fully diluted" }
t:round { name = "A", pre = "30 $M", raise = "10 $M", pool = "10 %" }
check.equal(t:price "A", "2.059255 $/share", "1e-6 $/share")
check.equal(t:shares "post", "1,262,592.6 share", "0.1 share")
check.equal(t:shares "note", "363,333.3 share", "0.1 share")
check.equal(t:total(), "19,424,501 share", "1 share")
check.equal(t:price "pre", "1 $/share")

-- --- C. Notes.

-- Cooley's three readings of a term sheet.
for method, shares in pairs { ["pre-money"] = { "70 %", "12.5 %", "17.5 %" },
                              percent = { "65.714285714 %", "14.285714286 %", "20 %" },
                              dollars = { "68.83116883 %", "12.98701299 %", "18.18181818 %" } } do
  t = table_of { founders = "1 M share" }
  t:note { name = "note", amount = "1 $M", discount = "30 %", method = method }
  t:round { name = "A", pre = "8 $M", raise = "2 $M" }
  for i, holder in ipairs { "founders", "note", "A" } do
    check.equal(t:ownership(holder), shares[i], "1e-8")
  end
end

-- The cap as a part of the round's valuation; price given.
for _, case in ipairs { { "10 $M", "20 %", "2.5 $/share" }, { "6 $M", "20 %", "4 $/share" },
                        { "20 $M", "0 %", "1.25 $/share" } } do
  local n = funding.note { amount = "25 $k", cap = "5 $M", discount = case[2], price = "5 $/share",
                           pre = case[1] }
  check.equal(n.price, case[3])
  check.same(n.shares, "25 $k" / n.price)
end
check.equal(funding.note { amount = "500 $k", price = "1 $/share", interest = "5 %/yr",
                           held = "1 yr" }.owed, "525 $k")
local sample = funding.note { amount = "100 $k", price = "500 $/share", interest = "8 %/yr",
                              held = "1 yr", discount = "20 %" }
check.equal(sample.shares, "270 share")
check.equal(funding.note { amount = "5 $M", price = "1 $/share", interest = "8 %/yr", held = "3 yr",
                           compound = true }.owed, "6.29856 $M")

-- Holloway's guide: a cap over issued shares, a pool that is partly issued.
t = table_of { founders = "10 M share", staff = "345 k share", pool = "1,155 k share" }
t:note { name = "note", amount = "400 $k", interest = "5 %/yr", held = "1 yr", cap = "3 $M",
         discount = "20 %", base = "issued" }
t:round { name = "A", pre = "8 $M", raise = "2 $M", pool = "15 %" }
check.equal(t:shares "note", "1,448,299 share", "1 share")
check.equal(t:total(), "18,143,538 share", "1 share")
check.equal(t:shares "pool", "2,721,531 share", "1 share")

t = table_of { founders = "9 M share", pool = "1 M share" }
t:note { name = "note", amount = "100 $k", interest = "10 %/yr", held = "1 yr", cap = "4 $M",
         discount = "20 %", base = "fully diluted" }
t:round { name = "A", pre = "6 $M", raise = "2 $M", pool = "15 %" }
check.equal(t:shares "note", "275,000 share")
check.equal(t:total(), "15,458,333.33333333 share")

t = table_of { founders = "2 M share" } -- the price does not count the note
t:note { name = "note", amount = "500 $k", discount = "20 %", method = "pre-money" }
t:round { name = "A", pre = "12 $M", raise = "3 $M" }
check.equal(t:price "A", "6 $/share")
check.equal(t:shares "note", "104,166.66666666667 share")

-- --- E. Anti-dilution.

for _, case in ipairs { { "2 $/share", "1 $/share", "2 M share", "10 M share", 11 / 6 },
                        { "2 $/share", "1 $/share", "2 M share", "6 M share", 1.75 },
                        { "2 $/share", "1 $/share", "2 M share", "5 M share", 12 / 7 },
                        { "2 $/share", "1 $/share", "2 M share", "1 M share", 4 / 3 },
                        { "4 $/share", "2 $/share", "3.75 M share", "10 M share", 38 / 11 },
                        { "3.33 $/share", "2.5 $/share", "2 M share", "10 M share", 38.3 / 12 },
                        { "20 $/share", "1 $/share", "10 M share", "7 M share", 150 / 17 },
                        { "1 $/share", "2 $/share", "2 M share", "7 M share", 1 } } do
  local o = { price = case[1], new_price = case[2], shares = case[3], base = case[4] }
  check.equal(funding.anti_dilution(o), case[5] * q "1 $/share")
  o.raise, o.shares = q(case[2]) * case[3], nil
  check.equal(funding.anti_dilution(o), case[5] * q "1 $/share")
end
check.equal(funding.anti_dilution { price = "2 $/share", new_price = "1 $/share",
                                    shares = "2 M share", method = "ratchet" }, "1 $/share")

-- In a round the pre-money counts the adjusted shares, so that price and adjustment fit together.
for kind, found in pairs { none = { 0.8, 0.64 }, broad = { 7 / 9, 28 / 45 },
                           ratchet = { 0.5, 0.4 } } do
  t = table_of { common = "8 M share",
                 A = { shares = "2 M share", price = "2 $/share", anti_dilution = kind } }
  t:round { name = "B", pre = "8 $M", raise = "2 $M" }
  check.equal(t:price "B", found[1] * q "1 $/share")
  check.equal(t:ownership "common", found[2])
  check.equal(t:ownership "B", "20 %")
end
for kind, base in pairs { narrow = 4e6, series = 2e6, outstanding = 9e6 } do
  t = table_of { founders = "5 M share", pool = "1 M share",
                 A = { shares = "2 M share", price = "2 $/share", anti_dilution = kind },
                 Z = { shares = "2 M share", price = "1 $/share" } }
  t:round { name = "B", price = "1 $/share", raise = "2 $M" }
  local adjusted = funding.anti_dilution { price = "2 $/share", new_price = "1 $/share",
                                           raise = "2 $M", base = base * q "1 share" }
  check.same(t:shares "A", "4 $M" / adjusted)
end

-- A higher price leaves everything as it was; an adjusted class is adjusted from there on.
t = table_of { common = "8 M share",
               A = { shares = "2 M share", price = "2 $/share", anti_dilution = "ratchet" } }
t:round { name = "B", price = "3 $/share", raise = "3 $M" }
check.equal(t:shares "A", "2 M share")
t:round { name = "C", price = "1 $/share", raise = "1 $M" }
check.equal(t:shares "A", "4 M share")
t:round { name = "D", price = "0.5 $/share", raise = "1 $M" }
check.equal(t:shares "A", "8 M share")

check.done()
