-- Selling against keeping.
local check = require "check"

settings { samples = 2000 }
horizon { from = "2026", to = "2033" }

-- The sole holder of an edge of 50 a year; selling makes ten holders of it: what it must bring.
local function made_ten(decay)
  return internal.compare {
    sell = { revenue = "20 $bn/yr" }, leak = 9,
    keep = internal.venture { pool = "200 $bn/yr", edge = "25 %", decay = decay },
  }
end
check.equal(made_ten("inverse"):break_even_revenue(), "49.5 $bn/yr")
check.equal(made_ten("kyle"):break_even_revenue(), "47.12520212711966 $bn/yr")
check.equal(made_ten("inverse"):sell(3), "20.5 $bn/yr")

-- A capability, the plainest way: either or.
local plain = internal.compare { sell = "20 $bn/yr", keep = { pool = "200 $bn/yr", edge = "25 %" } }
check.equal(plain:advantage(1), "30 $bn/yr")
check.equal(plain:npv(0), "240 $bn")
check.equal(plain:break_even_edge(), "10 %")
check.equal(plain:break_even_revenue(), "50 $bn/yr")
check.always(plain:flips():above "1000 yr")
check.is_true(plain:best() == "keep")

local sale = internal.sale { revenue = "40 $bn/yr", margin = "72 %", cost = "1 $bn/yr" }
check.equal(sale:profit(2), "27.8 $bn/yr")
check.equal(internal.compare { sell = sale, keep = { pool = "1 $bn/yr" } }:forgone(2),
            "27.8 $bn/yr")

-- Everything uncertain: identities and the break-evens.
local a = assume {
  pool = "150 to 250 $bn/yr", edge = "10 to 30 %", lag = "6 to 24 mo", adopters = "1 to 4 1/yr",
  fee = "10 to 40 $bn/yr", margin = "30 to 70 %", leak = "1 to 4", per_year = "0.5 to 2 1/yr",
  release = "0 to 3 yr", rate = "5 to 15 %/yr", fixed = "0.5 to 1 $bn/yr",
}
local function uncertain(options, edge, revenue)
  options.keep = internal.venture {
    pool = a.pool, edge = edge or a.edge, catch_up = a.lag, adopters = a.adopters, decay = "kyle",
    compute = "0.4 GW", margin = "80 %",
  }
  options.sell = { revenue = revenue or a.fee, margin = a.margin, cost = a.fixed,
                   catch_up = options.sold_lag }
  options.sold_lag = nil
  return internal.compare(options)
end
for _, options in ipairs {
  {}, { leak = a.leak }, { leak = a.per_year, release = a.release }, { sold_lag = "3 mo" },
  { discount = a.rate, release = "2 yr" },
} do
  local given = { leak = options.leak, sold_lag = options.sold_lag, release = options.release }
  local function again(edge, revenue)
    return uncertain({ leak = given.leak, sold_lag = given.sold_lag, release = given.release },
                     edge, revenue)
  end
  local c = again()
  for t = 1, 8, 3 do
    check.same(c:advantage(t), c:keep(t) - c:sell(t), 1e-7)
    check.same(c:advantage(t), c:destroyed(t) - c:forgone(t), 1e-7)
    check.always(c:better(t):equals(c:advantage(t):above(0)))
  end
  local size = c:keep():npv(0.1) + c:forgone():npv(0.1) + "100 $bn"
  check.always(abs(again(c:break_even_edge(0.1)):npv(0.1)):at_most(size * 1e-9))
  check.always(abs(again(nil, c:break_even_revenue(0.1)):npv(0.1)):at_most(size * 1e-9))
end

-- Before the release keeping and "selling" are the same.
local later = internal.compare { sell = "20 $bn/yr", release = "2028",
                                 keep = { pool = "200 $bn/yr", edge = "25 %" } }
check.equal(later:sell(2), "50 $bn/yr")
check.equal(later:sell(3), "20 $bn/yr")
check.equal(later:delay_value(0), "60 $bn")

-- An edge that others catch up with: keep it first, sell it once it is worth less than its fee.
local fading = { pool = "200 $bn/yr", edge = "25 %", catch_up = "2 yr", firms = 10 }
local now = internal.compare { sell = "20 $bn/yr", keep = fading }
check.equal(now:keep(2), "50 $bn/yr")
check.equal(now:keep(3), "0.5 $bn/yr")
check.equal(now:flips(), "3 yr")                            -- the end of the third year
check.equal(internal.compare { sell = "20 $bn/yr", keep = fading, release = "2 yr" }
              :delay_value(0), "60 $bn")

-- Selling brings the followers: their lag is counted from the release.
local sold = internal.compare {
  sell = { revenue = "20 $bn/yr", catch_up = "1 yr" }, release = "1 yr",
  keep = { pool = "200 $bn/yr", edge = "25 %", catch_up = "5 yr", firms = 10 },
}
check.equal(sold:destroyed(2), "0 $bn/yr")
check.equal(sold:destroyed(3), "49.5 $bn/yr")
check.equal(sold:destroyed(7), "0 $bn/yr")

-- Several ventures in one capability.
local pair = internal.compare {
  sell = { revenue = "20 $bn/yr" },
  keep = { internal.venture { pool = "200 $bn/yr", edge = "5 %" },
           { pool = "40 $bn/yr", edge = "50 %" } },
}
check.equal(pair:advantage(1), "10 $bn/yr")
check.fails("there are 2 ventures", function() pair:break_even_edge() end)
local listed = internal.compare { sell = "20 $bn/yr", keep = { { pool = "1 $bn/yr" } } }
check.equal(listed:keep(1), "1 $bn/yr")

-- An edge that may fail: where it does, no edge makes up for the fee, so that the mean of the edges
-- is infinite. At that of the means both are worth the same on average.
local works = assume("works", dist.bernoulli(0.3))
local function risky(edge)
  return internal.compare { sell = "0.4 $bn/yr", keep = { pool = works * "20 $bn/yr", edge = edge,
                                                          delay = "2 yr" } }
end
local even = risky "50 %":expected_break_even(0)
check.is_true(summary(risky "50 %":break_even_edge(0)).mean == math.huge)
check.equal(even, 8 * 0.4 / (6 * 20 * chance(works)))
check.equal(summary(risky(even):npv(0)).mean, 0, 1e-6)
local drug = internal.compare { sell = "0.1 $bn/yr", keep = internal.drug { pool = "20 $bn/yr",
  delay = "2 yr" } }
check.always(drug:expected_break_even():below "30 %")
check.equal(plain:expected_break_even(), plain:break_even_edge())
check.equal(plain:expected_break_even "20 %/yr", plain:break_even_edge "20 %/yr")
-- Nothing forgone for nothing is no edge at all.
check.equal(internal.compare { sell = 0 * q "1 $/yr", keep = { pool = "0 $bn/yr" } }
              :break_even_edge(), 0)
check.fails("there are 2 ventures", function() pair:expected_break_even() end)

-- Sales by their other names.
for _, adopters in ipairs { "9", "3 1/yr" } do
  local keep = { pool = "200 $bn/yr", edge = 0.25 }
  local named = internal.compare { sell = { fee = "20 $bn/yr", adopters = adopters }, keep = keep }
  local usual = internal.compare { sell = "20 $bn/yr", leak = adopters, keep = keep }
  check.same(named:advantage(), usual:advantage())
end

-- What selling makes of those who hold it: beside those who follow, but where firms are the most.
local function sold_to(keep, t)
  keep.pool = "100 $bn/yr"
  return internal.compare { sell = "0 $bn/yr", leak = 4, keep = keep }:sell(t)
end
check.equal(sold_to({ firms = 6 }, 1), "1 $bn/yr")                                    -- ten
check.equal(sold_to({ firms = 1, adopters = 5, catch_up = "1 yr" }, 1), "4 $bn/yr")   -- five
check.equal(sold_to({ firms = 1, adopters = 5, catch_up = "1 yr" }, 3), "1 $bn/yr")   -- ten
check.equal(sold_to({ firms = 2, catch_up = "1 yr" }, 1), "25 $bn/yr")                -- two
check.equal(sold_to({ firms = 2, catch_up = "1 yr", adopters = "1 1/yr" }, 1), "25 $bn/yr")

-- A break-even edge is shown as the edge was written.
for _, row in ipairs { { "25 %", "10 %" }, { 0.25, "0.1" }, { nil, "0.1" } } do
  local c = internal.compare { sell = "20 $bn/yr", keep = { pool = "200 $bn/yr", edge = row[1] } }
  check.is_true(tostring(c:break_even_edge()) == row[2], "edge in the unit given: " .. row[2])
  check.is_true(tostring(c:expected_break_even()) == row[2], "the same of means: " .. row[2])
end

-- Options.
check.options(function(o)
  return internal.compare {
    sell = { revenue = o.revenue, margin = o.margin, cost = o.cost, catch_up = o.catch_up },
    keep = { pool = "200 $bn/yr", edge = "25 %", firms = 30, catch_up = "2 yr",
             adopters = "3 1/yr" },
    leak = o.leak, release = o.release, discount = o.discount,
  }:npv()
end, { revenue = "20 $bn/yr", catch_up = "6 mo" }, {
  revenue = "10 to 30 $bn/yr", margin = "30 to 70 %", cost = "1 to 2 $bn/yr", leak = "2 to 5",
  catch_up = "3 to 12 mo", release = "0.5 to 3 yr", discount = "5 to 15 %/yr",
})
check.fails("revenue: \"garbage\" is not a quantity", function()
  internal.compare { sell = "garbage", keep = fading }
end)
check.fails("sell is missing", function() internal.compare { keep = { pool = "1 $/yr" } } end)
check.fails("keep is missing", function() internal.compare { sell = "1 $/yr" } end)
check.fails("keep must be a venture", function() internal.compare { sell = "1 $/yr", keep = 5 } end)
check.fails("revenue is missing", function() internal.compare { sell = {}, keep = fading } end)
check.fails("give revenue or fee", function()
  internal.compare { sell = { fee = "1 $/yr", revenue = "1 $/yr" }, keep = fading }
end)
check.fails("leak and adopters of sell are the same", function()
  internal.compare { sell = { fee = "1 $/yr", adopters = 9 }, leak = 9, keep = fading }
end)
for _, name in ipairs { "leak", "adopters" } do
  check.fails(name .. " must be a number of those who follow", function()
    internal.compare { sell = { fee = "1 $/yr", adopters = name == "adopters" and "3 $" or nil },
                       leak = name == "leak" and "3 $" or nil, keep = fading }
  end)
end
check.done()
