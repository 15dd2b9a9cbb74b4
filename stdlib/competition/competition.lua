-- Rivals: how long a lead lasts, how prices fall, who gets which part of the market.
local amounts = require "shared/amounts"
local catch_up = require "competition/catch_up"
local clock = require "shared/clock"
local prices = require "competition/prices"
local shares = require "competition/shares"

local period = { "t", "", "the period; the whole series where it is left out", kind = "period",
                 optional = true }

-- Followers ----------------------------------------------------------------------------------

local example_catch_up = [[
horizon { from = "2026-Q1", to = "2027-Q4" }
local c = competition.catch_up { lag = "6 mo", price = "2 $/Mtok", share = "40 %" }
]]

local function of_catch_up(name, doc, call, ask, result)
  return { name, doc, takes = { period }, call = call, result = result,
           example = example_catch_up .. ("print(c:%s)"):format(ask) }
end

local new_catch_up = class("catch_up", "Followers who catch up with a leader.", {
  of_catch_up("lead", "the time that the leader is ahead", catch_up.lead, "lead(1)", "4.5 mo\n"),
  of_catch_up("ahead", "the condition that it is ahead", catch_up.ahead, "ahead(3)", "false\n"),
  of_catch_up("premium", "how much more than the followers it can ask", catch_up.premium,
              "premium(3)", "0\n"),
  of_catch_up("price", "the price that it can ask: the followers' and the premium",
              catch_up.price, "price(3)", "2 $/Mtok\n"),
  of_catch_up("share", "its share of the market", catch_up.share, "share(2)", "40 %\n"),
  { "window", "how long each release is ahead", call = catch_up.window,
    example = [[print(competition.catch_up { lag = "6 mo", cadence = "4 mo" }:window())]],
    result = "4 mo\n" },
})

-- Wars ---------------------------------------------------------------------------------------

local example_war = [[
horizon { from = "2026", to = "2030" }
local w = competition.price_war { price = "10 $/Mtok", depth = "40 %", start = "2028",
                                  duration = "1 yr", recovery = "2 yr", cost = "5 $/Mtok",
                                  elasticity = 2 }
]]

local function of_war(name, doc, call, ask, result)
  return { name, doc, takes = { period }, call = call, result = result,
           example = example_war .. ("print(w:%s)"):format(ask) }
end

local new_war = class("price_war", "A war of prices.", {
  of_war("price", "the price, cut while the war lasts, though not below cost", prices.war_price,
         "price(3), w:price(4)", "6 $/Mtok\t7 $/Mtok\n"),
  of_war("active", "the condition that the war is felt",
         function(w, t) return w.event:active(t) end, "active(2)", "false\n"),
  of_war("volume", "what is sold, relative to peace: the relative price ^ -elasticity; "
         .. "0 of what is free",
         prices.war_volume, "volume(3)", "2.77778\n"),
  of_war("revenue_factor", "revenue relative to peace", prices.war_revenue, "revenue_factor(3)",
         "1.66667\n"),
  of_war("margin", "what is left of the price after cost; 0 of what is free",
         prices.war_margin, "margin(2)", "0.5\n"),
})

-- Shares -------------------------------------------------------------------------------------

local example_shares = [[
local s = competition.shares {
  { name = "closed", quality = "4 $", price = "3 $", share = "100 %" },
  { name = "open", quality = "3 $", price = "0 $" },
  spread = "1 $", switching_cost = "1.5 $", market = "100 1/yr",
}
]]

local name = { "name", "", "who", kind = "text" }

local function of_shares(method, doc, call, result)
  return { method, doc, takes = { name, period }, result = result,
           example = example_shares .. ('print(s:%s "closed")'):format(method),
           call = function(c, who, t)
             local i = c.number[who]
             if not i then
               local names = {}
               for k, row in ipairs(c.rows) do names[k] = ('"%s"'):format(row.name) end
               fail('nobody is named "%s": there are %s', who, table.concat(names, ", "))
             end
             return call(c, i, t)
           end }
end

local new_shares = class("market_shares", "Who serves how many.", {
  of_shares("share", "its share of the customers", shares.share, "37.7541 %\n"),
  of_shares("elasticity", "by how many percent what it sells changes for 1 % of price",
            shares.elasticity, "-1.86738\n"),
  of_shares("revenue", "its share of the market at its price", shares.revenue, "113.262 $/yr\n"),
  of_shares("profit", "the same with its cost taken off the price", shares.profit,
            "113.262 $/yr\n"),
  of_shares("equilibrium_price", "the price that it has where nobody gains by changing theirs "
            .. "(Bertrand and Nash), all choosing freely", shares.equilibrium, "2.39005 $\n"),
})

return module("competition", "Rivals who catch up, undercut, and share the market.", {
  { "catch_up", "a leader whose releases are ahead until followers, such as open models, catch up",
    options = {
      { "lag", "yr", 'the time by which the followers trail, as in "6 to 12 mo"', required = true,
        range = "not negative" },
      { "start", "", "the first release: a time from the start of the horizon, a date, or the "
        .. "number of a period", kind = "any", default = "0 yr" },
      { "cadence", "yr", "the time between releases; one alone where it is left out",
        kind = "scalar", range = "positive" },
      { "decline", "", "by how much the price of a given quality falls a year; 90 % where neither "
        .. "it nor premium is given", kind = "rate", range = "share" },
      { "premium", "1", "the premium while ahead, however far", range = "not negative" },
      { "price", "", "what the followers ask" },
      { "share", "1", "the leader's share of the market while it is ahead", default = "1",
        range = "share" },
      { "share_after", "1", "its share in the long run once it is not", default = "0",
        range = "share" },
      { "switching", "", "the part of the customers who reconsider in a year", kind = "rate",
        range = "share", default = "11 %/yr" },
      clock.timing,
    },
    example = example_catch_up .. "print(c:lead(1), c:lead(2), c:lead(3))",
    result = "4.5 mo\t1.5 mo\t0 mo\n",
    call = function(o) return new_catch_up(catch_up.new(o)) end },
  { "premium", "how much more than the followers what is ahead by a lead can ask: "
    .. "(1 - decline)^-lead - 1",
    takes = { { "lead", "yr", "the time that it is ahead" },
              { "decline", "", "by how much the price of a given quality falls a year",
                kind = "rate", range = "share", default = "90 %/yr" } },
    example = [[print(competition.premium("4 mo", "90 %/yr"))]], result = "1.15443\n",
    call = catch_up.premium_of },
  { "lead", "the time that a gap in capability is, at the pace at which the followers improve",
    takes = { { "gap", "", "how far the leader is ahead" },
              { "pace", "", "how much the followers improve a year" } },
    example = [[print(competition.lead(8, "24 1/yr"))]], result = "4 mo\n",
    call = function(gap, pace)
      return in_unit(amounts.times(max(gap, 0), pace), q "1 yr", "gap / pace"):as "mo"
    end },
  { "erosion", "a price that falls: a series",
    options = {
      { "price", "", 'the price at the start, as in "10 $/Mtok"', required = true },
      { "decline", "", 'the part that it loses a year, as in "90 %/yr"', kind = "rate",
        range = "share" },
      { "factor", "1", "how many times cheaper it gets each year", range = "positive" },
      { "half_life", "yr", "the time in which it halves", range = "positive" },
      { "floor", "", "what it does not fall below, such as cost", default = "0" },
      { "approach", "", "whether it nears the floor instead of meeting it: its distance falls",
        kind = "boolean", default = false },
      { "start", "", "when it begins to fall: a time from the start of the horizon, a date, or the "
        .. "number of a period", kind = "any", default = "0 yr" },
      { "timing", clock.timing[2], clock.timing[3], kind = "word", words = clock.timing.words,
        default = "start" },
    },
    example = [[
horizon { from = "2026", to = "2029" }
local price = competition.erosion { price = "10 $/Mtok", decline = "90 %/yr", floor = "0.2 $/Mtok" }
print(price[1], price[2], price[3])]], result = "10 $/Mtok\t1 $/Mtok\t0.2 $/Mtok\n",
    call = prices.erosion },
  { "price_war", "a cut of prices that begins, lasts and fades, though not below cost",
    options = {
      { "price", "", 'the price in peace, as in "10 $/Mtok"', required = true },
      { "depth", "1", "the part of it that the war takes away; required", range = "share" },
      { "cut", "1", "the same as depth", range = "share" },
      { "cost", "", "what no price is cut below", default = "0" },
      { "start", "", "when it begins: a time, a date, or a period; at once where neither it nor "
        .. "a rate nor a chance is given", kind = "any" },
      { "at", "", "the same as start", kind = "any" },
      { "rate", "", 'how often wars break out, as in "20 %/yr"', kind = "rate",
        range = "not negative" },
      { "chance", "1", "the probability that it breaks out, between from and till or at the start",
        kind = "scalar", range = "share" },
      { "from", "", "when it first can: a time, a date or a period", kind = "any" },
      { "till", "", "when it last can: a time, a date or a period", kind = "any" },
      { "when", "", "a condition on which alone it can break out", kind = "condition" },
      { "onset", "yr", "the time until prices are at their lowest", kind = "scalar",
        default = "0 yr", range = "not negative" },
      { "duration", "yr", "how long it lasts", kind = "scalar", default = "inf yr",
        range = "not negative" },
      { "recovery", "yr", "the time after that in which prices come back", kind = "scalar",
        default = "0 yr", range = "not negative" },
      { "elasticity", "1", "by how many percent more is sold where the price is 1 % lower",
        default = "0" },
      { "name", "", "what its draws are named by", kind = "text", default = "price war" },
    },
    example = example_war .. "print(w:price(3))", result = "6 $/Mtok\n",
    call = function(o) return new_war(prices.war(o)) end },
  { "shares", "who serves how many, given prices, qualities, and the cost of switching",
    options = {
      { "sensitivity", "", "what a price takes away from utility: per price, or without a unit the "
        .. "elasticity of those who choose between many; then who is free takes all" },
      { "spread", "", "how much tastes differ, in the unit of price: 1/sensitivity",
        range = "positive" },
      { "switching_cost", "", "what it costs to leave, in the unit of price or in utility",
        default = "0" },
      { "outside", "", "what choosing nobody is worth, in the unit of price or in utility; all "
        .. "choose somebody where it is left out" },
      { "reconsider", "", "the part of the customers who choose again in a year; without it all "
        .. "choose once", kind = "rate", range = "share" },
      { "market", "", 'how much all of them sell together, as in "500 Ttok/yr"' },
    },
    rows = {
      { "name", "", "who it is; its number where it is left out", kind = "text" },
      { "price", "", "what it asks", required = true, range = "not negative" },
      { "quality", "", "what the offer is worth, in the unit of price or in utility",
        default = "0" },
      { "cost", "", "what serving costs, in the unit of price", default = "0" },
      { "share", "1", "the part of the customers who are with it at the beginning",
        kind = "scalar", range = "share" },
    },
    example = example_shares .. [[print(s:share "closed", s:share "open")]],
    result = "37.7541 %\t62.2459 %\n",
    call = function(o) return new_shares(shares.new(o)) end },
  { "break_even_volume", "by how much volume must change for a change of price to leave the "
    .. "contribution as it is: -change / (margin + change), infinite where that leaves no margin",
    takes = { { "change", "1", "the change of price, as in \"-20 %\"" },
              { "margin", "1", "the contribution margin before it" } },
    example = [[print(competition.break_even_volume("-20 %", "60 %"))]], result = "50 %\n",
    call = function(change, margin)
      return amounts.part_like(amounts.times(-change, margin + change), change)
    end },
})
