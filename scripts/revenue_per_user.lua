-- A billion users at two dollars, or fifty million at sixty?
--
-- In May 2026 ChatGPT had passed a billion monthly users, and Anthropic, with a fraction of them,
-- earned more ("The New Dynamics of the LLM Market", AI-RADAR). The two are different businesses:
-- the mass market carries nearly twenty free users for each who pays, the niche sells to firms by
-- the token. This script puts them side by side: what a user brings, what infrastructure it takes,
-- and what each would have to become to earn $100bn a year.

local claims = require "parts/claims"
local words = require "parts/words"

settings { samples = 20000 }

local tower = "Sensor Tower, May 2026, via techtimes.com and quasa.io"
local essay = "How the AI Labs Make Profit (Maybe, Eventually), May 2026"

local mass = assume("mass", {
  users     = { "1000 to 1100 M users", source = tower, note = "monthly users of ChatGPT's app" },
  paying    = { "5 to 6 %", source = "50M of 900M weekly users: ciol.com (N. Turley), 2026-02" },
  revenue   = { "24 to 25 $bn/yr",
                source = "mungomash.com, March 2026; aiforautomation.io, February" },
  inference = { "8.4 $bn/yr", source = "Meigu Yanjiushe, 2026-02-26: OpenAI in 2025",
                note = "with revenue of 13.1: two thirds of it" },
  sales     = { "13.1 $bn/yr", source = "mungomash.com: OpenAI in 2025" },
})
local niche = assume("niche", {
  users     = { "56 to 245 M users", source = tower,
                note = "Claude: mobile app alone, or app and web" },
  revenue   = { "44 to 47 $bn/yr", source = essay .. ": 44; chatforest.com: 47" },
  inference = { "12 to 13.2 $bn/yr",
                source = essay .. ": 12 if all were first-party; 13.2 at 70 %" },
})
local gw_price = assume("gw_price", { "12 to 15 $bn/GW/yr", source = essay .. ", comments" })
local target   = assume("target", { "100 $bn/yr",
                                    note = "what carries 2 GW of research" })

-- Each as a segment: users, those who pay, what they pay. The niche counts all revenue on its
-- users, though most of it comes from firms that buy tokens.
local chat = market.segment {
  name = "mass", users = mass.users, paying = mass.paying,
  arpu = mass.revenue / (mass.users * mass.paying),
}
local work = market.segment {
  name = "niche", users = niche.users, arpu = niche.revenue / niche.users,
}

-- Infrastructure follows cost: what inference costs, at the price of a GW.
local function show_all(name, label, segment, revenue, cost_share)
  local gw = revenue * cost_share / gw_price
  local per_user = revenue / segment:users()
  local function show(key, value, unit, what)
    -- moat: allow certain-output: margins that were published as one number
    output(name .. "." .. key, value, { unit = unit, label = label .. ": " .. what })
  end
  show("per_user", per_user, "$/user/mo", "revenue per user")
  show("inference", gw, "GW", "inference capacity")
  show("per_gw", revenue / gw, "$bn/GW/yr", "revenue per GW of it")
  show("margin", 1 - cost_share, "%", "margin after inference")
  show("users_needed", target / per_user, "M users", "users for the target")
  show("gw_needed", target * cost_share / gw_price, "GW", "inference for the target")
  return per_user
end
local mass_share, niche_share = mass.inference / mass.sales, niche.inference / niche.revenue
local mass_user  = show_all("mass", "Mass", chat, chat:revenue(), mass_share)
local niche_user = show_all("niche", "Niche", work, work:revenue(), niche_share)

output("ratio", niche_user / mass_user, { label = "Revenue per user, niche over mass" })
local payer = chat:revenue() / chat:paying()
local paying_needed = target / (chat:users() * payer)
output("payer", payer, { unit = "$/user/mo", label = "Mass: revenue per paying user" })
output("payer_needed", target / chat:paying(),
       { unit = "$/user/mo", label = "Mass: revenue per payer for the target" })
output("paying_needed", paying_needed, { unit = "%", label = "Mass: share who pay for the target" })

-- In the report: the two side by side.
report.text([[
  A user of the niche brings **{times} times** what one of the mass market does, {times.range} in
  nine cases of ten.
]], { times = niche_user / mass_user })
report.chart {
  kind = "cumulative", title = "Revenue per user",
  { "mass.per_user", label = "Mass" }, { "niche.per_user", label = "Niche" },
}
report.chart {
  kind = "cumulative", title = "Revenue per GW of inference",
  { "mass.per_gw", label = "Mass" }, { "niche.per_gw", label = "Niche" },
}

-- $2bn of advertising are projected for 2026 (underlines.news).
variant("ads", { ["mass.revenue"] = "26 to 27 $bn/yr" })
variant("half the paying share", { ["mass.paying"] = "2.5 to 3 %" })

claims.show("From published figures", {
  { "OpenAI, revenue per monthly user", is = "2 $bn/mo" / q "1.0 bn users", unit = "$/user/mo",
    note = "2 a month of a billion" },
  { "Anthropic, on the app's 56M", is = q "44 $bn/yr" / "56 M users", unit = "$/user/mo" },
  { "Anthropic, on 245M of app and web", is = q "44 $bn/yr" / "245 M users", unit = "$/user/mo" },
  { "Free users per payer at 95 % free", is = market.free_per_payer "95 %" },
  { "Price that some would pay", is = { q "2000 $/user/yr" * 10, q "2000 $/user/yr" * 100 },
    unit = "$/user/yr", note = "the essay: 10 to 100 times $2000" },
})

local median, percent, money = words.median, words.percent, words.money
print(([[

A user of the niche brings %.0f times what one of the mass market does, and a dollar of revenue
takes %s as much inference (medians, here and below). To earn %s a year the mass market
would need %.1f billion users as they are, or %s of its users paying; the niche %.1f times its
customers. The one is a bet on prices and advertising, the other on firms that keep buying.
]]):format(median(niche_user / mass_user), percent(median(niche_share / mass_share)),
           money(median(target, "$bn/yr")), median(target / mass_user, "bn users"),
           percent(median(paying_needed)), median(target / niche.revenue)))
