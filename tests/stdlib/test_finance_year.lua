-- The module finance without a horizon: a statement is of one year, payments are lists.
local check = require "check"

local s = finance.statement { revenue = "44 $bn", cogs = "21.56 $bn", opex = {
  research = "15 $bn/yr",
  sales = "5 $bn" }, raised = "30 $bn", cash = "20 $bn" }
check.equal(s:gross_profit(), "22.44 $bn")
check.equal(s:net_income(), "2.44 $bn")
check.equal(s:cash(), "52.44 $bn")
check.equal(s:gross_margin(), "51 %")
check.equal(s:line "research", "15 $bn")
check.equal(finance.statement { revenue = "300 $k/mo", opex = "500 $k/mo",
                                cash = "4.4 $M" }:runway(), "10 mo")
check.equal(finance.npv({ [0] = "-100 $", "121 $" }, "10 %/yr"), "10 $")
check.equal(finance.irr { "-100 $", "120 $" }, "20 %/yr")
check.fails("without a horizon, a list", function() return finance.npv("5 $", 0.1) end)
check.fails("there is no horizon", function() return s:profitable_when() end)
check.fails("there is no horizon", function() return s:lasts() end)

-- What a segment of users is, without periods, is what it is at the start.
local chat = market.segment { users = "900 M users", paying = "5 %", arpu = "20 $/user/mo",
                              churn = "3 %/mo" }
check.equal(chat:revenue(), "10.8 $bn/yr")
check.fails("there is no horizon", function() return market.bass { size = "5 users" } end)
check.equal(pyramid.channels { api = "5 $bn/yr", government = "5 $bn/yr" }:share "platform", "50 %")

check.done()
