-- Arguments that are taken in order: an uncertain value of each reaches the result, and another
-- unit is refused by the argument's name. (Options are swept in the tests of their modules.)
local check = require "check"

horizon { from = "2026", periods = 4 }

-- f(...) of `rows`, each { name, value, uncertain value }; what may be in any unit is `free`.
local function sweep(f, rows)
  for i, row in ipairs(rows) do
    local arguments = {}
    for j, other in ipairs(rows) do arguments[j] = i == j and other[3] or other[2] end
    check.varies(f(table.unpack(arguments)))
    for _, wrong in ipairs { "garbage", not row.free and "7 request^3" or nil } do
      arguments[i] = wrong
      check.fails(row[1], function() f(table.unpack(arguments)) end)
    end
  end
end

-- --- finance

sweep(finance.gross_margin, { { "revenue", "44 $bn/yr", "40 to 48 $bn/yr", free = true },
                              { "cost", "21 $bn/yr", "20 to 22 $bn/yr" } })
sweep(finance.contribution, { { "price", "10 $/Mtok", "9 to 11 $/Mtok", free = true },
                              { "variable", "4 $/Mtok", "3 to 5 $/Mtok" } })
sweep(finance.contribution_margin, { { "price", "10 $/Mtok", "9 to 11 $/Mtok", free = true },
                                     { "variable", "4 $/Mtok", "3 to 5 $/Mtok" } })
sweep(finance.runway, { { "cash", "2 $M", "1 to 3 $M" }, { "burn", "1 $M/yr", "1 to 2 $M/yr" } })
sweep(finance.rule_of_40, { { "growth", "60 %/yr", "50 to 70 %/yr" },
                            { "margin", "-20 %", "-30 to -10 %" } })
sweep(finance.burn_multiple, { { "burn", "8 $M", "7 to 9 $M" }, { "added", "4 $M", "3 to 5 $M" } })
sweep(finance.cagr, { { "first", "10 $bn", "9 to 11 $bn", free = true },
                      { "last", "14 $bn", "13 to 15 $bn" },
                      { "time", "2 yr", "1 to 3 yr" } })
local paid = { [0] = "-100 $", "60 $", "70 $" }
sweep(function(rate) return finance.npv(paid, rate) end, { { "rate", "10 %/yr", "5 to 15 %/yr" } })
sweep(function(rate) return finance.payback(paid, rate) end,
      { { "rate", "3 %/yr", "1 to 5 %/yr" } })
sweep(function(first) return finance.npv({ [0] = first, "60 $" }, 0.1) end,
      { { "flows", "-100 $", "-110 to -90 $" } })
sweep(function(first) return finance.irr { [0] = first, "160 $" } end,
      { { "flows", "-100 $", "-110 to -90 $" } })

-- --- market

sweep(market.retention, { { "churn", "5 %/mo", "4 to 6 %/mo" }, { "time", "1 yr", "1 to 2 yr" } })
sweep(market.free_per_payer, { { "share", "95 %", "90 to 95 %" } })
local segment = market.segment { users = "1 M users", paying = "5 %", cost = "1 $/user/mo" }
sweep(function(margin) return segment:required_arpu(margin, 1) end,
      { { "margin", "60 %", "50 to 70 %" } })

-- --- pyramid

local fly = pyramid.flywheel { usage = "5 Ptok/yr", gain = "2 %/Ptok" }
sweep(function(elasticity) return fly:lift("10 $/Mtok", 3, elasticity) end,
      { { "elasticity", 1, "0.5 to 1.5" } })
check.varies(fly:lift("9 to 11 $/Mtok", 3))

-- --- internal

sweep(internal.value, { { "n", 3, "2 to 4" }, { "decay", 1, "0.5 to 1.5" } })
sweep(internal.total, { { "n", 3, "2 to 4" }, { "decay", 1, "0.5 to 1.5" } })
local venture = internal.venture { pool = "200 $bn/yr", edge = "25 %", firms = 4 }
sweep(function(n) return venture:value(n) end, { { "n", 3, "2 to 4" } })
sweep(function(n) return venture:total(n) end, { { "n", 3, "2 to 4" } })
local comparison = internal.compare { sell = grow("20 $bn/yr", "20 %/yr"), keep = venture,
                                      release = "1 yr" }
for _, name in ipairs { "npv", "break_even_edge", "break_even_revenue", "delay_value" } do
  sweep(function(rate) return comparison[name](comparison, rate) end,
        { { "rate", "10 %/yr", "5 to 15 %/yr" } })
end

-- --- risk

local profit = assume("profit", "normal(5, 10) $bn")
for _, measure in ipairs { risk.at_risk, risk.shortfall } do
  check.fails("p", function() measure(profit, "7 $") end)
  check.fails("p must be a plain share", function() measure(profit, "4 to 6 %") end)
  check.fails("x", function() measure("garbage", 0.05) end)
end

check.done()
