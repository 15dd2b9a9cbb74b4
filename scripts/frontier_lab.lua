-- Can a frontier lab reach profit before the funding runs out?
--
-- Ten years of a lab that starts where the public figures of May 2026 leave Anthropic: a run rate
-- of about $44bn, half of it sold through clouds, a GW and a half of computing power, $60-90bn of
-- cash. Each quarter customers ask for tokens at prices that fall; the lab serves what its capacity
-- allows, spends the rest of it on research, rents what the market has and orders what it will own
-- two years on; where cash falls below a year's burn it raises, no more than investors bear. Rivals
-- catch up, regulators act, smaller models arrive. scripts/history.lua has the past that this
-- starts from.
--
--   moat run scripts/frontier_lab.lua --variant bear
--   moat run scripts/frontier_lab.lua --set compute.own='60 %'      # buy more, rent less

local claims = require "parts/claims"
local words = require "parts/words"

settings { samples = 10000 }
horizon { from = "2026-Q3", to = "2036-Q2" }

local essay  = "How the AI Labs Make Profit (Maybe, Eventually), May 2026"
local epoch  = "Epoch AI, AI data centre cost breakdown, 2026"
local vendor = "vendor's list, mid-2026: Claude Opus"

-- Assumptions: a range without a source is a judgement ------------------------------------------

-- moat: allow no-source: judgements
local demand = assume("demand", {
  run_rate     = { "44 to 47 $bn/yr", source = essay .. ": 44; chatforest.com: 47" },
  volume       = { "80 to 300 %/yr",
                   note = "more tokens in the first year; revenue grew by 400 % and more in 2025" },
  fading       = { "40 to 55 %/yr", note = "the pace of all change falls by this each year ..." },
  floor        = { "5 to 15 %", note = "... to this part of today's" },
  decline      = { "uniform(10, 35) %/yr", source = "scripts/history.lua",
                   note = "of what a token of the newest models sells for; at a fixed level "
                          .. "prices fall tenfold" },
  users        = { "150 to 250 M users", source = "Sensor Tower, May 2026: 245M of app and web" },
  ceiling      = { "400 to 900 M users",
                   note = "ChatGPT has passed a billion: Sensor Tower, May 2026" },
  spread       = { "60 to 100 %/yr", note = "how fast users come, at first" },
  each         = { "1 to 5 Mtok/user/mo", note = "of a payer; the free use a tenth of it" },
  paying       = { "4 to 6 %", source = "95 % free: Meigu Yanjiushe, 2026-02-26" },
  input        = { "5 $/Mtok", source = vendor },
  output       = { "25 $/Mtok", source = vendor },
  cached       = { "0.5 $/Mtok", source = vendor },
  arpu         = { "18 to 28 $/user/mo", source = "list prices: techlife.blog, thrad.ai",
                   note = "20 and 100 to 200 a month, per payer" },
  clouds       = { "50 %", source = essay, note = "share of tokens sold through clouds" },
  cloud_margin = { "30 %", source = essay, note = "what the lab keeps of that revenue" },
})
-- moat: allow no-source: judgements
local compute_of = assume("compute", {
  research = { "0.5 to 1 GW", source = essay .. ": 1 to 1.5 with inference" },
  scale_up = { "120 to 400 %/yr",
               note = "of research; OpenAI's GW tripled a year until 2025: 200 %" },
  slowing  = { "30 to 45 %/yr", note = "that scale-up itself falls by this each year" },
  tokens   = { "7e15 to 9e15 tok/GW/yr", source = essay .. ": $44bn on 1 GW, at 5.5 $/Mtok" },
  gain     = { "50 to 150 %/yr", source = "a16z: tenfold a year at a fixed level",
               note = "tokens of the newest models" },
  own      = { "25 %", note = "of new capacity that is bought and not rented" },
  capex    = { "35 to 40 $bn/GW", source = "Bernstein, Oct 2025: 35; " .. epoch .. ": 38" },
  opex     = { "0.8 to 1.2 $bn/GW/yr", source = epoch .. ": 0.9" },
  life     = { "5 to 6 yr", source = "server lives of Amazon, Meta, Microsoft, Alphabet" },
  lead     = { "18 to 36 mo", source = "Epoch AI, build times of GW sites: 1 to 3.6 yr" },
  rent     = { "12 to 15 $bn/GW/yr", source = essay .. ", comments" },
  to_rent  = { "2 to 3 GW", source = "techfastforward.com: 3.5 GW of TPUs from 2027",
               note = "that can be had at the start" },
  more     = { "60 to 150 %/yr", note = "more of it each year" },
})
-- moat: allow no-source: judgements
local money = assume("money", {
  cash     = { "60 to 90 $bn", source = "65 raised in May 2026: noncemedia.com",
               note = "and what was left before" },
  other    = { "4 to 10 $bn/yr",
               note = "salaries, sales, the rest; the essay's break-even closes at 7.4" },
  multiple = { "10 to 20 yr", source = "scripts/history.lua: 21 to 44 in 2024 to 2026",
               note = "valuation over run rate" },
  sold     = { "10 to 25 %", source = essay .. ": 250 of 1,500 to 500 of 2,500 $bn" },
  rounds   = { "3", source = essay .. ": about one more before profit is forced",
               note = "then an IPO, then debt" },
  ahead    = { "2 yr", note = "of burn that a round is to pay for" },
})
-- moat: allow no-source: judgements
local world = assume("world", {
  catch_up     = { "3 to 12 mo", source = essay .. ": 6 to 12; Epoch AI, May 2026: 4" },
  desk         = { "0", note = "1 where the lab trades on its best models" },
  kept         = { "0 %", note = "share of API volume given up to keep an edge" },
  edge         = { "2 to 15 %",
                   note = "of the trading industry, for a sole holder: scripts/sell_or_keep.lua" },
  desk_compute = { "0.1 to 0.5 GW", note = "the same" },
  desk_capital = { "10 to 30 $bn", note = "the same" },
})
-- moat: allow no-source: judgements
local shock = assume("event", {
  antitrust   = { "3 %/yr",
                  note = "an action against foundation models: 36ti.com names it, without odds" },
  fined       = { "-20 %", note = "of revenue, fading over three years" },
  open        = { "10 %/yr", note = "an open model as good as the best" },
  open_price  = { "-30 %", note = "for a year, fading over two" },
  small       = { "10 %/yr", note = "an efficiency revolution: smaller models do the same" },
  small_gain  = { "100 %", note = "more tokens per GW" },
  small_price = { "-35 %", note = "and lower prices, for good" },
})

-- The parts -------------------------------------------------------------------------------------

-- A million tokens as they are used: most input is read from a cache.
local list = pricing.tokens {
  input = demand.input, output = demand.output, cached = demand.cached,
}
local as_used = { input = "0.3 Mtok", cached = "0.55 Mtok", output = "0.15 Mtok" }
local blended = list:charge(as_used) / "1 Mtok"

local users = market.segment {
  name = "app", paying = demand.paying, arpu = demand.arpu,
  usage = demand.each, free_usage = "10 %",
  users = market.logistic {
    size = demand.ceiling, start = demand.users, growth = demand.spread,
  },
}
local fleet = compute.fleet {
  capex = compute_of.capex, opex = compute_of.opex, life = compute_of.life,
  lead = compute_of.lead, rent_price = compute_of.rent, pay = "spread",
}
local antitrust = risk.event {
  name = "antitrust", rate = shock.antitrust, effect = shock.fined, recovery = "3 yr",
}
local open = risk.event {
  name = "open models", rate = shock.open, effect = shock.open_price,
  onset = world.catch_up, duration = "1 yr", recovery = "2 yr",
}
local small = risk.event {
  name = "smaller models", rate = shock.small,
  effect = { tokens = shock.small_gain, price = shock.small_price },
}
local desk = internal.trading {
  name = "desk", start = "1 yr", edge = world.edge, decay = 0.5, firms = 10, adopters = "2 1/yr",
  catch_up = world.catch_up, compute = world.desk_compute, compute_price = 0,
  capital = world.desk_capital, success = "50 %",
}
local lab = funding.captable { insiders = "50 M share", investors = "50 M share" }
local investors = funding.market { limit = money.sold, of = "post", rounds = money.rounds }

-- The quarters ----------------------------------------------------------------------------------

-- Growth per year as a continuous rate, which can be slowed down.
local function yearly(growth) return log(1 + growth * "1 yr") / "1 yr" end

local pace  = demand.floor + (1 - demand.floor) * grow(q "1", -demand.fading)
local scale = grow(yearly(compute_of.scale_up), -compute_of.slowing)
local tokens_now = demand.run_rate / blended
local needed_now = compute_of.research + tokens_now / compute_of.tokens / 2

local price    = series("$/Mtok", { [0] = blended })
local volume   = series("tok/yr", { [0] = tokens_now })
local research = series("GW", { [0] = compute_of.research })
local per_gw   = series("tok/GW/yr", { [0] = compute_of.tokens })
local rentable = series("GW", { [0] = compute_of.to_rent })
local needed   = series("GW", { [0] = needed_now })

local direct, cloud, app = series "$bn/yr", series "$bn/yr", series "$bn/yr"
local kept_by_clouds     = series "$bn/yr"
local serving, training  = series "$bn/yr", series "$bn/yr"
local other, trading     = series "$bn/yr", series "$bn/yr"
local building, wear     = series "$bn/yr", series "$bn/yr"
local raised, insiders   = series "$bn", series "%"

local books = finance.statement {
  revenue = { direct = direct, cloud = cloud, app = app, trading = trading },
  cost_of_revenue = { compute = serving, clouds = kept_by_clouds },
  opex = { research = training, other = other },
  depreciation = wear, capex = building, raised = raised,
  tax = "21 %", loss_limit = "80 %", cash = money.cash,
}

for t in periods() do
  -- What customers want, and what it takes.
  volume[t]   = volume[t - 1] * exp(yearly(demand.volume) * pace[t] * dt)
  price[t]    = price[t - 1] * exp(yearly(-demand.decline) * pace[t] * dt)
  research[t] = research[t - 1] * exp(scale[t] * dt)
  per_gw[t]   = per_gw[t - 1] * exp(yearly(compute_of.gain) * pace[t] * dt)
  rentable[t] = rentable[t - 1] * exp(yearly(compute_of.more) * pace[t] * dt)
  local sold_at = price[t] * open:factor(t) * small:factor(t, "price")
  local ask     = volume[t] * (1 - world.kept)
  local asked   = ask * (1 - demand.clouds) + users:tokens(t)
  local serve   = asked / (per_gw[t] * small:factor(t, "tokens"))
  local wants = {
    inference = serve, training = research[t], internal = desk:compute(t) * world.desk,
  }
  needed[t] = wants.inference + wants.training + wants.internal

  -- What there is: bought two years ago, or rented now.
  fleet:order(t, max(needed[t] - needed[t - 1], 0) * compute_of.own)
  fleet:rent(t, clamp(needed[t] - fleet:owned(t), 0, rentable[t]))
  local got = fleet:allocate(t, wants, { priority = { "inference", "internal", "training" } })
  local served = got.inference / serve
  local per_online = fleet:cost(t) / (got.inference + got.training + got.internal)

  -- Money.
  direct[t]   = ask * (1 - demand.clouds) * sold_at * served * antitrust:factor(t)
  cloud[t]    = ask * demand.clouds * sold_at * antitrust:factor(t)
  kept_by_clouds[t] = cloud[t] * (1 - demand.cloud_margin)
  app[t]      = users:revenue(t) * served * antitrust:factor(t)
  trading[t]  = desk:profit(t) * world.desk
  serving[t]  = got.inference * per_online
  training[t] = (got.training + got.internal) * per_online
  building[t], wear[t] = fleet:capex(t), fleet:depreciation(t)
  other[t]    = money.other * (direct[t] + cloud[t] + app[t]) / demand.run_rate

  -- A round where cash would not last a year.
  local run_rate = direct[t] + cloud[t] + app[t]
  local before = t == 1 and money.cash or books:cash(t - 1)
  local loss = max(serving[t] + training[t] + other[t] + building[t]
                   + kept_by_clouds[t] - run_rate - trading[t], 0)
  lab:round {
    name = "round", at = t, when = before:below(loss * "1 yr"), raise = loss * money.ahead,
    pre = run_rate * money.multiple * (0.5 + pace[t]), limit = investors,
  }
  raised[t] = lab:raised(t)
  insiders[t] = lab:ownership("insiders", t)
end

-- Answers ---------------------------------------------------------------------------------------

local revenue, cash, flow = books:revenue(), books:cash(), books:free_cash_flow()
local solvent = cash:min():at_least(0)
local lasting = flow:last():above(0) & books:net_income():last():above(0)

output("revenue", revenue, { unit = "$bn/yr", label = "Revenue" })
output("gross_margin", books:gross_margin(), { unit = "%", label = "Gross margin" })
output("online", fleet:online(), { unit = "GW", label = "Computing power" })
output("flow", flow, { unit = "$bn/yr", label = "Free cash flow" })
output("cash", cash, { unit = "$bn", label = "Cash" })
output("insiders", insiders, { unit = "%", label = "Insiders' share" })
output("in_time", solvent & lasting, { label = "Lasting profit before the money runs out" })
output("waiting", solvent & ~lasting, { label = "Still on the way, with money left" })
output("broke", cash:first_when(cash:below(0)), { label = "Money runs out" })
output("raised", raised:sum(), { unit = "$bn", label = "Raised" })
output("rounds", money.rounds - investors:left(), { label = "Rounds" })
output("value", flow:npv "12 %/yr", { unit = "$bn", label = "Present value of free cash flow" })

-- In the report: where the money comes from and goes, who owns the lab --------------------------

local later = math.min(20, #cash) -- five years on
report.text([[
  After five years revenue is **{revenue}** in the median, {revenue.range} in nine cases of ten,
  and research takes {research} of it beside a gross margin of {margin}. Where research takes
  more than the margin leaves, a round only buys time.
]], {
  revenue = revenue[later], research = { (training / revenue)[later], unit = "%" },
  margin = { books:gross_margin(later), unit = "%" },
})
report.section "Where the money comes from, and where it goes"
report.chart {
  kind = "areas", title = "Revenue by channel",
  { direct, label = "API, direct" }, { cloud, label = "API, through clouds" },
  { app, label = "Subscriptions" }, { trading, label = "Trading desk" },
}
report.chart {
  kind = "areas", title = "What it is spent on",
  { serving, label = "Inference" }, { training, label = "Research" },
  { kept_by_clouds, label = "Kept by the clouds" }, { other, label = "Other" },
  { building, label = "Building" },
}
report.section "Who owns it"
report.chart {
  kind = "shares", title = "Ownership", by = "year",
  { insiders, label = "Insiders" }, { 1 - insiders, label = "Investors" },
}
report.section "Value and what moves it"
report.chart { kind = "cumulative", "value" }

variant("bear", {
  ["demand.decline"] = "uniform(25, 45) %/yr", ["demand.volume"] = "60 to 200 %/yr",
  ["world.catch_up"] = "3 to 4 mo",
})
variant("bull", {
  ["demand.decline"] = "uniform(0, 15) %/yr", ["compute.gain"] = "100 to 250 %/yr",
})
variant("keep it in-house", { ["world.desk"] = "1", ["world.kept"] = "15 %" })
variant("research stands still", { ["compute.scale_up"] = "0 %/yr" })

-- How close the start is to what was published, and the answer ----------------------------------

local serving_margin = 1 - (serving / (direct + app))[1]
claims.show("The first quarter", {
  { "Price of a token, blended", is = blended, unit = "$/Mtok" },
  { "Gross margin", says = "50 %", is = books:gross_margin(1), note = "the essay: 22 of 44" },
  { "Margin on first-party sales", says = "72 %", is = serving_margin, note = "the essay" },
  { "Computing power", says = { "1 GW", "1.5 GW" }, is = fleet:online(1),
    note = "the essay, without the clouds'" },
  { "Free cash flow", is = flow[1], unit = "$bn/yr", note = "the essay's figures leave up to 7.4" },
})

local median, percent = words.median, words.percent
print(([[

The lab reaches a lasting profit before the money runs out in %s of cases, and is still on the
way with money left in %s. It raises in %s. In %s research takes %s of revenue
(median), beside a gross margin of %s. Where research takes more than the margin
leaves, a round only buys time; the variant "research stands still" is a lab that stopped.
]]):format(percent(chance(solvent & lasting)), percent(chance(solvent & ~lasting)),
           percent(chance(raised:sum():above(0))), label(later),
           percent(median((training / revenue)[later])), percent(median(books:gross_margin(later)))))
