-- Three layers, ten channels: where should a lab earn its money in 2031?
--
-- "Direct Monetization: Technology as a Service" (36ti.com) orders what a lab can sell in a pyramid:
-- infrastructure at the bottom (low margin, capital the barrier), the platform in the middle (APIs and a
-- developers' market), applications at the top (high margin, knowledge of a trade the barrier). It
-- names ten channels and few figures. This script puts ranges on all ten for a lab of $45bn a year,
-- lets them grow, and asks what they make of the margin, and how much hangs on one of them.

local claims = require "parts/claims"

settings { samples = 20000 }
horizon { from = "2026-Q3", to = "2031-Q2" }

local essay = "Direct Monetization: Technology as a Service (36ti.com)"
local share_of = "a16z survey and run rates of May 2026: most of revenue is API and subscriptions"

local margin = assume("margin", {
  infrastructure = { "10 to 30 %", source = essay .. ": low", note = "cloud-served inference keeps 30 %" },
  platform       = { "50 to 72 %", source = essay .. ": medium", note = "first-party 72 %: the essay of May 2026" },
  application    = { "60 to 85 %", source = essay .. ": high" },
})
-- Sales of mid-2026 by channel, and how fast they grow. Only the sum is public.
local now = assume("now", {
  api_fees               = { "24 to 30 $bn/yr", source = share_of },
  vertical_subscriptions = { "8 to 12 $bn/yr", source = share_of },
  process_automation     = { "2 to 5 $bn/yr", note = "contracts, tickets, forecasts: modules of an enterprise" },
  compute_leasing        = { "0.2 to 1 $bn/yr", note = "a guess: nobody says" },
  edge_deployment        = { "0.1 to 0.5 $bn/yr", note = "models on devices, which spare the cloud" },
  government             = { "0.5 to 2 $bn/yr", note = "stable budgets" },
  compliance             = { "0.1 to 0.5 $bn/yr", source = essay .. ": transparency under the EU AI Act" },
  content                = { "1 to 4 $bn/yr", note = "value of content made with it" },
  content_take           = { "5 to 15 %", note = "share of that value" },
  apps                   = { "5 to 15 $bn/yr", note = "sales of apps on its market" },
  apps_take              = { "10 to 15 %", source = essay .. ": commission of a developers' market", note = "not verified elsewhere" },
})
local growth = assume("growth", { -- guesses all: a reason to argue, and to run with --set
  api_fees = { "10 to 60 %/yr", note = "prices fall against volume" }, vertical_subscriptions = "20 to 60 %/yr",
  process_automation = "40 to 120 %/yr", compute_leasing = "20 to 80 %/yr", edge_deployment = "20 to 80 %/yr",
  government = "10 to 30 %/yr", compliance = "20 to 60 %/yr", content = "20 to 100 %/yr", apps = "30 to 90 %/yr",
})
local fading = assume("fading", { "25 to 45 %/yr", note = "all growth falls by this each year" })

-- Growth that fades: the sum of what is left of it in each period.
local fade = grow(q "1", -fading)
local course = fade:cumsum() * dt
local function grown(name) return now[name] * exp(growth[name] * course) end

-- Feedback from use makes subscriptions worth more: the data flywheel.
local wheel = assume("flywheel", { gain = { "0.5 to 2 %", note = "of price, per year of today's use" },
                                   limit = { "115 %", note = "that data can lead to" } })
local better = pyramid.flywheel { usage = exp(growth.vertical_subscriptions * course) / "1 yr", gain = wheel.gain,
                                  limit = wheel.limit, fade = "10 %/yr" }:quality()
local plain = grown "vertical_subscriptions"

local p = pyramid.model {
  infrastructure = { margin = margin.infrastructure, channels = {
    compute_leasing = grown "compute_leasing", edge_deployment = grown "edge_deployment" } },
  platform = { margin = margin.platform, channels = {
    api_fees = grown "api_fees",
    developer_ecosystem = { sales = grown "apps", take = now.apps_take, margin = "80 %" } } },
  application = { margin = margin.application, channels = {
    vertical_subscriptions = plain, data_flywheel = plain * (better - 1),
    content_revenue_share = { sales = grown "content", take = now.content_take, margin = "80 %" },
    process_automation = grown "process_automation", government = grown "government",
    compliance = grown "compliance" } },
}

local layers = { "infrastructure", "platform", "application" }
output("revenue", p:revenue(), { unit = "$bn/yr", label = "Revenue" })
output("margin", p:margin(), { unit = "%", label = "Gross margin" })
for _, layer in ipairs(layers) do
  output("layer." .. layer, p:revenue(layer), { unit = "$bn/yr", label = "Revenue, " .. layer })
end
for _, channel in ipairs { "api_fees", "vertical_subscriptions", "process_automation", "developer_ecosystem",
                           "government", "compute_leasing", "content_revenue_share", "data_flywheel",
                           "edge_deployment", "compliance" } do
  output("channel." .. channel, p:revenue(channel):last(),
         { unit = "$bn/yr", label = "2031: " .. channel:gsub("_", " ") })
end
output("top", p:share("application"):last(), { unit = "%", label = "2031: share of applications" })
output("profit_top", (p:gross_profit "application" / p:gross_profit()):last(),
       { unit = "%", label = "2031: their share of gross profit" })
output("concentration", p:concentration():last(), { label = "2031: concentration of channels (Herfindahl)" })

variant("APIs become a commodity", { ["growth.api_fees"] = "-20 to 10 %/yr", ["margin.platform"] = "20 to 45 %" })
variant("landlord", { ["now.compute_leasing"] = "5 to 10 $bn/yr", ["growth.compute_leasing"] = "60 to 120 %/yr" })

claims.show("Published figures", {
  { "Commission on $100 of app revenue", says = { "10 $", "15 $" },
    is = { q "100 $" * "10 %", q "100 $" * "15 %" } },
  { "GPT-4 at 0.06 $ per thousand tokens", says = "60 $/Mtok", is = "0.06 $" / q "1 ktok" },
  { "Run rate of the lab, all channels", says = { "44 $bn/yr", "47 $bn/yr" }, is = p:revenue()[1],
    unit = "$bn/yr", note = "first quarter, grown by one" },
})

local function percent(x) return x:as("%"):quantile(0.5) end
print(([[

In 2031 applications bring %.0f %% of revenue and %.0f %% of gross profit (medians); the gross margin moves
from %.0f to %.0f %%. The API alone is %.0f %% of revenue then, leasing of compute %.0f %%: the one is
exposed to prices, the other adds revenue and takes margin away.
]]):format(percent(p:share("application"):last()),
           percent((p:gross_profit "application" / p:gross_profit()):last()),
           percent(p:margin()[1]), percent(p:margin():last()), percent(p:share("api_fees"):last()),
           percent(p:share("compute_leasing"):last())))
