-- The module finance: margins, break-even, the value of payments.
local check = require "check"

horizon { from = "2026", periods = 10 }

-- --- Margins: 8.4 of inference at 33 % is 12.54 of revenue; 33 to 60 % takes 40.3 % less cost or
-- 1.675 times the revenue.

check.equal(finance.gross_margin("44 $bn/yr", "21.56 $bn/yr"), "51 %")
check.equal(finance.gross_margin("13.1 $bn/yr", "8.4 $bn/yr"), 1 - 8.4 / 13.1)
check.equal(finance.gross_margin("10 $", "12 $"), "-20 %")
check.equal(summary(finance.gross_margin("44 $bn/yr", "21.56 $bn/yr")).mean, 0.51)
check.equal(summary(finance.contribution_margin("10 $", "4 $")).mean, 0.6)
check.equal(summary(finance.rule_of_40("60 %/yr", "-20 %")).mean, 40)
check.equal(summary(finance.rule_of_40("60 %/yr", -0.2)).mean, 0.4)
check.equal(finance.required { margin = "33 %", cost = "8.4 $bn/yr" }:revenue(), 8.4 / 0.67
            .. " $bn/yr")
local better = finance.required { margin = "60 %", cost = "8.4 $bn/yr", current = "33 %" }
check.equal(better:revenue(), "21 $bn/yr")
check.equal(better:cost(), 8.4 / 0.67 * 0.4 .. " $bn/yr")
check.equal(better:cost_change(), 0.4 / 0.67 - 1)
check.equal(better:revenue_multiple(), 1.675)
local same = finance.required { margin = "60 %", cost = "8.4 $bn/yr", revenue = 8.4 / 0.67
                                .. " $bn/yr" }
check.equal(same:cost_change(), better:cost_change())
check.equal(finance.required { margin = "60 %", revenue = "21 $bn/yr" }:cost(), "8.4 $bn/yr")
check.equal(finance.required { margin = "60 %", current = "33 %" }:revenue_multiple(), 1.675)
local m = assume("margin", "20 to 70 %")
local wanted = finance.required { margin = m, cost = "8.4 $bn/yr", revenue = "13.1 $bn/yr" }
check.same(finance.gross_margin(wanted:revenue(), "8.4 $bn/yr"), m)
check.same(finance.gross_margin("13.1 $bn/yr", q "8.4 $bn/yr" * (1 + wanted:cost_change())), m)
check.equal(finance.contribution("10 $/Mtok", "4 $/Mtok"), "6 $/Mtok")
check.equal(finance.contribution_margin("10 $/Mtok", "4 $/Mtok"), "60 %")

-- --- A share of nothing is 0, in the one sample that has nothing as in a constant: the mean of all
-- is a number. What takes for ever is infinite; where there is nothing to do it takes nothing.

local sold = assume("sold", dist.bernoulli(0.5)) * "10 $bn/yr"
for _, margin in ipairs { finance.gross_margin(sold, "4 $bn/yr"),
                          finance.contribution_margin(sold, "4 $bn/yr") } do
  check.varies(margin)
  check.same(margin, when(sold:above(0), 0.6, 0))
end
check.equal(finance.gross_margin("0 $", "5 $"), 0)
local capital = sold * "1 yr"
check.same(finance.wacc { equity = capital, cost_of_equity = "12 %/yr" },
           when(sold:above(0), "12 %/yr", 0))
check.equal(finance.wacc { equity = "0 $", cost_of_equity = "12 %/yr" }, 0)
check.equal(finance.burn_multiple("0 $", "0 $"), 0)
check.is_true(summary(finance.burn_multiple("1 $", "0 $")).mean == math.huge)

-- --- Break-even: at a margin of 51 % 15 $bn of research takes 29.41 of revenue.

check.equal(finance.break_even { fixed = "15 $bn/yr", margin = "51 %" }, 15 / 0.51 .. " $bn/yr")
check.equal(finance.break_even { fixed = "12 $bn/yr", price = "10 $/Mtok", variable = "4 $/Mtok" },
            "2e9 Mtok/yr")
check.equal(finance.break_even { fixed = "12 $bn/yr", price = "10 $/Mtok" }, "1.2e9 Mtok/yr")
check.equal(finance.break_even { fixed = 0, price = "10 $/Mtok" }, 0)
local function is_infinite(x) check.is_true(summary(x).mean == math.huge) end
is_infinite(finance.break_even { fixed = "12 $", price = "4 $/user", variable = "4 $/user" })
is_infinite(finance.break_even { fixed = "12 $", margin = "-10 %" })
check.equal(finance.break_even { fixed = "12 $", price = "6 $/tok", cost = "2 $/tok" }, "3 tok")
check.fails("give variable or cost", function()
  finance.break_even { fixed = "12 $", price = "6 $/tok", cost = "2 $/tok", variable = "1 $/tok" }
end)
check.equal(finance.break_even_when(grow("10 $bn/yr", "50 %/yr") - "20 $bn/yr"), "3 yr")
check.equal(finance.break_even_when(series("$", "0 $")), "1 yr")
is_infinite(finance.break_even_when(series("$", "-1 $")))
check.options(finance.break_even, { fixed = "12 $bn/yr", price = "10 $/Mtok",
                                    variable = "4 $/Mtok" },
  { fixed = "10 to 14 $bn/yr", variable = "3 to 5 $/Mtok" })
check.varies(finance.break_even { fixed = "12 $bn/yr", price = "9 to 11 $/Mtok",
                                  variable = "4 $/Mtok" })

-- --- Present value, return and payback.

-- -100, 20 for nine years, 0: NPV 15.1805 at 10 %, IRR 13.704 %, payback 5 and, discounted, 7.282.
local nine = { [0] = "-100 $", "20 $", "20 $", "20 $", "20 $", "20 $", "20 $", "20 $", "20 $",
               "20 $", "0 $" }
check.equal(finance.npv(nine, "10 %/yr"), "15.1805 $", "0.00005 $")
check.equal(finance.irr(nine), "13.704 %/yr", "0.0005 %/yr")
check.equal(finance.payback(nine), "5 yr")
check.equal(finance.payback(nine, "10 %/yr"), "7.282 yr", "0.0005 yr")

-- The same as a series: the outlay as its opening value, or apart.
local opened = series("$", nine)
opened[0] = "-100 $"
local apart = series("$", function(t) return t < 10 and q "20 $" or q "0 $" end)
for _, flows in ipairs { { opened }, { apart, outlay = "100 $" } } do
  local o = { outlay = flows.outlay }
  check.same(finance.npv(flows[1], "10 %/yr", o), finance.npv(nine, "10 %/yr"))
  check.same(finance.irr(flows[1], o), finance.irr(nine))
  check.same(finance.payback(flows[1], "10 %/yr", o), finance.payback(nine, "10 %/yr"))
  check.same(finance.npv { flows = flows[1], rate = 0.1, outlay = flows.outlay }, finance.npv(nine,
    0.1))
  check.same(finance.npv(flows[1], { rate = "10 %/yr", outlay = flows.outlay }), finance.npv(nine,
    0.1))
  check.same(finance.irr { flows = flows[1], outlay = flows.outlay }, finance.irr(nine))
  check.same(finance.payback { flows = flows[1], outlay = flows.outlay }, finance.payback(nine))
end
check.same(finance.npv(apart, "10 %/yr"), apart:npv "10 %/yr")
check.same(finance.npv(apart / dt, "10 %/yr"), apart:npv "10 %/yr")
check.same(finance.npv(apart, "10 %/yr", { timing = "mid" }), apart:npv("10 %/yr", {
  timing = "mid" }))
local rising = series("1/yr", function(t) return t * q "1 %/yr" end)
check.same(finance.npv(apart, rising), apart:npv(rising))

-- -15, 8.42, 8.39, 8.58 at 10 %: pays back in the third year, 2.064 in between.
local short = { [0] = "-15 $", "8.42 $", "8.39 $", "8.58 $" }
check.equal(finance.npv(short, "10 %/yr"), "6.0347 $", "0.00005 $")
check.equal(finance.payback(short, "10 %/yr", { interpolate = false }), "3 yr")
check.equal(finance.payback(short, "10 %/yr"), "2.064 yr", "0.0005 yr")

-- -1000, 300, 400, 500, 200 at 10 %: 115.566, mid-period 170.015, IRR 15.322 %, payback 2.6.
local four = { [0] = "-1000 $", "300 $", "400 $", "500 $", "200 $" }
check.equal(finance.npv(four, "10 %/yr"), "115.566 $", "0.0005 $")
check.equal(finance.npv(four, "10 %/yr", { timing = "mid" }), "170.015 $", "0.0005 $")
check.equal(finance.irr(four), "15.322 %/yr", "0.0005 %/yr")
check.equal(finance.payback(four), "2.6 yr")
check.equal(finance.npv(four, 0), "400 $")
check.equal(finance.npv({ -1000, 300, 900 }, 0), 200)

-- 40 a year by the quarter at 10 %: 37.7002 at the ends, 38.1520 in the middles.
local quarters = { "40 $/yr", "40 $/yr", "40 $/yr", "40 $/yr" }
check.equal(finance.npv(quarters, "10 %/yr", { every = "1 quarter" }), "37.7002 $", "0.00005 $")
check.equal(finance.npv(quarters, "10 %/yr", { every = "1 quarter", timing = "mid" }), "38.1520 $",
            "0.00005 $")
check.equal(finance.irr({ [0] = "-10 $", "11 $" }, { every = "1 quarter" }), 1.1 ^ 4 - 1 .. " 1/yr")
check.equal(finance.payback({ [0] = "-10 $", "5 $", "10 $" }, { every = "1 quarter" }),
            "1.5 quarter")

-- The value at the internal rate is 0; what never pays back is infinite; no rate is no number.
local a = assume { cost = "80 to 120 $", income = "15 to 30 $", back = "5 to 10 $" }
local random = { [0] = -a.cost, a.income, a.income, a.income, a.income, a.income, a.income,
                 a.income,
                 a.income + a.back }
local rate = finance.irr(random)
check.always(abs(finance.npv(random, rate)):at_most "1e-6 $")
check.varies(rate)
check.always(finance.payback(random):at_most(finance.payback(random, "5 %/yr")))
check.equal(finance.payback { "5 $", "5 $" }, 0)
check.equal(finance.payback { [0] = 0, "0 $" }, 0)
check.equal(finance.payback { "-5 $", "5 $" }, "2 yr")
is_infinite(finance.payback { [0] = "-5 $", "1 $" })
check.is_true(summary(finance.irr { "5 $", "5 $" }).mean ~= summary(finance.irr { "5 $",
  "5 $" }).mean)
check.options(function(o) return finance.npv(apart, a.income / "200 $", o) end, {},
              { outlay = "90 to 110 $" })

-- --- The figures of a company.

check.equal(finance.run_rate { usage = "1.5 $bn", subscriptions = "0.8 $bn" }, "29.1 $bn/yr")
check.equal(finance.run_rate { usage = "1 $bn" }, "13 $bn/yr")
check.equal(finance.run_rate { subscriptions = "0.3 $bn/mo" }, "3.6 $bn/yr")
check.equal(finance.run_rate { usage = "1 $bn/day" }, "364 $bn/yr")
check.options(finance.run_rate, {}, { usage = "1 to 2 $bn", subscriptions = "1 to 2 $bn" })
check.equal(finance.runway("2 $M", "200 $k/mo"), "10 mo")
check.equal(finance.runway("30 $bn", "8.5 $bn/yr"), 30 / 8.5 .. " yr")
is_infinite(finance.runway("2 $M", 0))
is_infinite(finance.runway("2 $M", "-1 $M/yr"))
is_infinite(finance.runway("-2 $M", "-1 $M/yr"))
check.equal(finance.runway("-2 $M", "1 $M/mo"), 0)
for _, cash in ipairs { "-2 $M", "0 $", "3 $M" } do
  check.equal(finance.runway(cash, "1 $M/mo"), funding.runway(cash, "1 $M/mo"))
end
check.equal(finance.rule_of_40("60 %/yr", "-20 %"), "40 %")
check.equal(finance.burn_multiple("8 $M", "4 $M"), 2)
check.equal(finance.cagr("10 $bn", "14.4 $bn", "2 yr"), "20 %/yr")
check.equal(finance.cagr("10 $bn/yr", "44 $bn/yr", "6 mo"), 4.4 ^ 2 - 1 .. " 1/yr")
check.equal(finance.wacc { equity = "60 $bn", debt = "40 $bn", cost_of_equity = "12 %/yr",
                           cost_of_debt = "6 %/yr", tax = "25 %" }, "9 %/yr")
check.equal(finance.wacc { equity = "60 $bn", cost_of_equity = "12 %/yr" }, "12 %/yr")
check.options(finance.wacc, { equity = "60 $bn", debt = "40 $bn", cost_of_equity = "12 %/yr",
                              cost_of_debt = "6 %/yr", tax = "25 %" },
  { equity = "50 to 70 $bn", debt = "30 to 50 $bn", cost_of_equity = "10 to 14 %/yr",
    cost_of_debt = "5 to 7 %/yr", tax = "20 to 30 %" })

-- --- Mistakes.

local function fails(message, f, ...)
  local arguments = table.pack(...)
  check.fails(message, function() return f(table.unpack(arguments)) end)
end
fails("rate is missing: the discount rate, as in \"10 %/yr\"", finance.npv, nine)
fails("flows must be money", finance.npv, { "5 users" }, 0.1)
fails("flows must be money", finance.irr, series("GW", "5 GW"))
fails("there is no option \"rat\"", finance.npv, nine, { rat = 0.1 })
fails("there is no place for [rate]", finance.npv, { rate = 0.1 })
fails("rate must be a rate per year", finance.npv, nine, "5 $")
fails("outlay must be money", finance.npv, nine, 0.1, { outlay = "5 GW" })
fails("outlay is what is paid at the start: write it without the minus", finance.irr, apart,
      { outlay = "-5 $" })
fails("flows are empty", finance.irr, {})
fails("there is no option \"rat\"", finance.irr, { flows = nine, rat = 0.1 })
fails("there is no option \"rat\"", finance.payback, { flows = nine, rat = 0.1 })
fails("[2] of flows: \"garbage\" is not a quantity", finance.irr, { "-5 $", "garbage" })
fails("rate: \"garbage\" is not a quantity", finance.npv, nine, "garbage")
fails("rate: \"garbage\" is not a quantity", finance.npv, { flows = nine, rate = "garbage" })
fails("whose opening value is no payment", finance.irr,
      series("$/yr", { [0] = "5 $/yr", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }))
fails("cost must be money", finance.gross_margin, "5 $", "5 GW")
fails("price is missing", finance.break_even, { fixed = "5 $" })
fails("margin must be a share up to 100 %", finance.break_even, { fixed = "5 $", margin = 51 })
fails("margin is instead of price", finance.break_even, { fixed = "5 $", margin = 0.5,
                                                          price = "5 $" })
fails("profit must be a series", finance.break_even_when, "5 $")
fails("say what there is", finance.required, { margin = 0.5 })
fails("one too many", finance.required, { margin = 0.5, revenue = "1 $", cost = "1 $",
                                          current = 0.4 })
fails("there is nothing to annualise", finance.run_rate, {})
fails("say what there is: revenue and cost, or", function()
  return finance.required { margin = 0.5, current = 0.4 }:revenue()
end)

check.done()
