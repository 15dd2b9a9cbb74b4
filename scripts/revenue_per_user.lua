-- A billion users at two dollars, or fifty million at sixty?
--
-- In May 2026 ChatGPT had passed a billion monthly users, and Anthropic, with a fraction of them,
-- earned more ("The New Dynamics of the LLM Market", AI-RADAR). The two are different businesses: the
-- mass market carries nineteen free users for each who pays, the niche sells to firms by the token.
-- This script puts them side by side: what a user brings, what infrastructure it takes, and what
-- each would have to become to earn $100bn a year.

local claims = require "parts/claims"

settings { samples = 20000 }

local tower = "Sensor Tower, May 2026, via techtimes.com and quasa.io"
local essay = "How the AI Labs Make Profit (Maybe, Eventually), May 2026"

local mass = assume("mass", {
  users     = { "1000 to 1100 M users", source = tower, note = "monthly users of ChatGPT's app" },
  paying    = { "5 to 6 %", source = "50M of 900M weekly users: ciol.com (N. Turley), 2026-02" },
  revenue   = { "24 to 25 $bn/yr", source = "mungomash.com, March 2026; aiforautomation.io, February" },
  inference = { "8.4 $bn/yr", source = "Meigu Yanjiushe, 2026-02-26: OpenAI in 2025",
                note = "with revenue of 13.1: two thirds of it" },
  sales     = { "13.1 $bn/yr", source = "mungomash.com: OpenAI in 2025" },
})
local niche = assume("niche", {
  users     = { "56 to 245 M users", source = tower, note = "Claude: mobile app alone, or app and web" },
  revenue   = { "44 to 47 $bn/yr", source = essay .. ": 44; chatforest.com: 47" },
  inference = { "12 to 13.2 $bn/yr", source = essay .. ": 12 if all were first-party; 13.2 at 70 %" },
})
local gw_price = assume("gw_price", { "12 to 15 $bn/GW/yr", source = essay .. ", comments" })
local target   = assume("target", { "100 $bn/yr", note = "a revenue that carries 2 GW of research" })

-- Each as a segment: users, those who pay, what they pay. The niche counts all revenue on its users,
-- most of which are firms that buy tokens.
local chat = market.segment { name = "mass", users = mass.users, paying = mass.paying,
                              arpu = mass.revenue / (mass.users * mass.paying) }
local work = market.segment { name = "niche", users = niche.users,
                              arpu = niche.revenue / niche.users }

-- Infrastructure follows cost: what inference costs, at the price of a GW.
local function report(name, label, segment, revenue, cost_share)
  local gw = revenue * cost_share / gw_price
  local per_user = revenue / segment:users()
  output(name .. ".per_user", per_user, { unit = "$/user/mo", label = label .. ": revenue per user" })
  output(name .. ".inference", gw, { unit = "GW", label = label .. ": inference capacity" })
  output(name .. ".per_gw", revenue / gw, { unit = "$bn/GW/yr", label = label .. ": revenue per GW of it" })
  output(name .. ".margin", 1 - cost_share, { unit = "%", label = label .. ": margin after inference" })
  output(name .. ".users_needed", target / per_user,
         { unit = "M users", label = label .. ": users for the target, as they are" })
  output(name .. ".gw_needed", target * cost_share / gw_price,
         { unit = "GW", label = label .. ": inference for the target" })
  return per_user, gw
end
local mass_share, niche_share = mass.inference / mass.sales, niche.inference / niche.revenue
local mass_user  = report("mass", "Mass", chat, chat:revenue(), mass_share)
local niche_user = report("niche", "Niche", work, work:revenue(), niche_share)

output("ratio", niche_user / mass_user, { label = "Revenue per user, niche over mass" })
local payer = chat:revenue() / chat:paying()
output("payer", payer, { unit = "$/user/mo", label = "Mass: revenue per paying user" })
output("payer_needed", target / chat:paying(), { unit = "$/user/mo",
       label = "Mass: revenue per payer for the target" })
local paying_needed = target / (chat:users() * payer)
output("paying_needed", paying_needed, { unit = "%",
       label = "Mass: share who pay for the target" })

variant("ads", { ["mass.revenue"] = "26 to 27 $bn/yr" })      -- $2bn of advertising (underlines.news)
variant("half the paying share", { ["mass.paying"] = "2.5 to 3 %" })

claims.show("Published figures", {
  { "OpenAI, revenue per monthly user", says = "2 $/user/mo", is = "2 $bn/mo" / q "1.0 bn users" },
  { "Anthropic, the same on the app's 56M", says = "65.5 $/user/mo", is = q "44 $bn/yr" / "56 M users" },
  { "Anthropic, on 245M of app and web", says = "15 $/user/mo", is = q "44 $bn/yr" / "245 M users" },
  { "Free users per payer at 95 % free", says = "19", is = market.free_per_payer "95 %" },
  { "Price that some would pay", says = { "20000 $/user/yr", "200000 $/user/yr" },
    is = { q "2000 $/user/yr" * 10, q "2000 $/user/yr" * 100 }, note = "ten to a hundred times today's" },
})

local function percent(x) return x:as("%"):quantile(0.5) end
print(([[

A user of the niche brings %.0f times what one of the mass market does (median), and a dollar of revenue
takes %.0f %% as much inference. To earn $100bn the mass market would need %.1f billion users as they are,
or %.0f %% of them paying; the niche a little more than twice its customers. The mass market is a bet
on prices and advertising, the niche on firms that keep buying.
]]):format((niche_user / mass_user):quantile(0.5), percent(niche_share / mass_share),
           (target / mass_user):as("M users"):quantile(0.5) / 1000,
           percent(paying_needed)))
