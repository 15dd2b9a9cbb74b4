-- Three layers, ten channels: where should a lab earn its money in 2031?
--
-- "Direct Monetization: Technology as a Service" (36ti.com) orders what a lab can sell in a
-- pyramid: infrastructure at the bottom (low margin, capital the barrier), the platform in the
-- middle (APIs and a developers' market), applications at the top (high margin, knowledge of a
-- trade the barrier). It names ten channels and few figures. This script puts ranges on all ten for
-- a lab of $45bn a year, lets them grow, and asks what they make of the margin, and how much hangs
-- on one of them.

local claims = require "parts/claims"
local words = require "parts/words"

settings { samples = 20000 }
horizon { from = "2026-Q3", to = "2031-Q2" }

local essay = "Direct Monetization: Technology as a Service (36ti.com)"
local mix   = "a16z survey and run rates of May 2026: most of revenue is API and subscriptions"

-- Assumptions: a range without a source is a judgement ------------------------------------------

local margin = assume("margin", {
  infrastructure = { "uniform(10, 30) %", source = essay .. ": low",
                     note = "cloud-served inference keeps 30 %" },
  platform       = { "uniform(50, 72) %", source = essay .. ": medium",
                     note = "first-party 72 %: the essay of May 2026" },
  application    = { "uniform(60, 85) %", source = essay .. ": high" },
})
-- Sales of mid-2026 by channel. Only the sum is public.
-- moat: allow no-source: judgements
local now = assume("now", {
  api_fees               = { "24 to 30 $bn/yr", source = mix },
  vertical_subscriptions = { "8 to 12 $bn/yr", source = mix },
  process_automation     = { "2 to 5 $bn/yr",
                             note = "contracts, tickets, forecasts: modules of an enterprise" },
  compute_leasing        = { "0.2 to 1 $bn/yr", note = "a guess: nobody says" },
  edge_deployment        = { "0.1 to 0.5 $bn/yr", note = "models on devices, without the cloud" },
  government             = { "0.5 to 2 $bn/yr", note = "stable budgets" },
  compliance             = { "0.1 to 0.5 $bn/yr",
                             note = "transparency under the EU AI Act, which 36ti.com names" },
  content                = { "1 to 4 $bn/yr", note = "value of content made with it" },
  content_take           = { "5 to 15 %", note = "share of that value" },
  apps                   = { "5 to 15 $bn/yr", note = "sales of apps on its market" },
  apps_take              = { "10 to 15 %", source = essay .. ": commission of a developers' market",
                             note = "not verified elsewhere" },
})
-- How fast they grow at first: judgements all, to argue about and to run with --set.
-- moat: allow no-source: judgements
local growth = assume("growth", {
  api_fees               = { "10 to 60 %/yr", note = "prices fall against volume" },
  vertical_subscriptions = { "20 to 60 %/yr", note = "one trade after another" },
  process_automation     = { "40 to 120 %/yr", note = "from pilots to whole departments" },
  compute_leasing        = { "20 to 80 %/yr", note = "as fast as capacity can be spared" },
  edge_deployment        = { "20 to 80 %/yr", note = "with the devices that can run models" },
  government             = { "10 to 30 %/yr", note = "budgets move slowly" },
  compliance             = { "20 to 60 %/yr", note = "as the duties come into force" },
  content                = { "20 to 100 %/yr", note = "from little" },
  apps                   = { "30 to 90 %/yr", note = "as a market for apps finds its buyers" },
})
-- moat: allow no-source: judgements
local fading = assume("fading", { "25 to 45 %/yr", note = "all growth falls by this each year" })

-- Growth that fades: the sum of what is left of it in each period.
local fade = grow(q "1", -fading)
local course = fade:cumsum() * dt
local function more(name) return exp(growth[name] * course) end
local function grown(name) return now[name] * more(name) end

-- Feedback from use makes subscriptions worth more: the data flywheel.
-- moat: allow no-source: judgements
local wheel = assume("flywheel", {
  gain  = { "0.5 to 2 %", note = "of price, per year of today's use" },
  limit = { "115 %", note = "of today's price: what data can lead to" },
})
local flywheel = pyramid.flywheel {
  usage = more "vertical_subscriptions" / "1 yr", gain = wheel.gain, limit = wheel.limit,
  fade = "10 %/yr",
}
local plain = grown "vertical_subscriptions"

local p = pyramid.model {
  infrastructure = {
    margin = margin.infrastructure,
    channels = {
      compute_leasing = grown "compute_leasing",
      edge_deployment = grown "edge_deployment",
    },
  },
  platform = {
    margin = margin.platform,
    channels = {
      api_fees            = grown "api_fees",
      developer_ecosystem = { sales = grown "apps", take = now.apps_take, margin = "80 %" },
    },
  },
  application = {
    margin = margin.application,
    channels = {
      vertical_subscriptions = plain,
      data_flywheel          = plain * (flywheel:quality() - 1),
      content_revenue_share  = { sales = grown "content", take = now.content_take,
                                 margin = "80 %" },
      process_automation     = grown "process_automation",
      government             = grown "government",
      compliance             = grown "compliance",
    },
  },
}

local layers = { "infrastructure", "platform", "application" }
local channels = {
  "api_fees", "vertical_subscriptions", "process_automation", "developer_ecosystem", "government",
  "compute_leasing", "content_revenue_share", "data_flywheel", "edge_deployment", "compliance",
}
local top, top_profit = p:share "application", p:gross_profit "application" / p:gross_profit()
output("revenue", p:revenue(), { unit = "$bn/yr", label = "Revenue" })
output("margin", p:margin(), { unit = "%", label = "Gross margin" })
for _, layer in ipairs(layers) do
  output("layer." .. layer, p:revenue(layer), { unit = "$bn/yr", label = "Revenue, " .. layer })
end
for _, channel in ipairs(channels) do
  output("channel." .. channel, p:revenue(channel):last(),
         { unit = "$bn/yr", label = "2031: " .. channel:gsub("_", " ") })
end
output("top", top:last(), { unit = "%", label = "2031: share of applications" })
output("profit_top", top_profit:last(), { unit = "%", label = "2031: their share of gross profit" })
output("concentration", p:concentration():last(), { label = "2031: concentration (Herfindahl)" })

-- In the report: layers and channels.
local by_channel = { kind = "areas", title = "Revenue by channel" }
for i, channel in ipairs(channels) do
  by_channel[i] = { p:revenue(channel), label = (channel:gsub("_", " ")) }
end
report.section "Layers and channels"
report.chart {
  kind = "shares", title = "Revenue by layer",
  { "layer.infrastructure", label = "Infrastructure" },
  { "layer.platform", label = "Platform" }, { "layer.application", label = "Application" },
}
report.chart(by_channel)
report.section "What decides the share of applications"
report.chart { kind = "tornado", "top" }

variant("APIs become a commodity", {
  ["growth.api_fees"] = "-20 to 10 %/yr", ["margin.platform"] = "uniform(20, 45) %",
})
variant("landlord", {
  ["now.compute_leasing"] = "5 to 10 $bn/yr", ["growth.compute_leasing"] = "60 to 120 %/yr",
})

claims.show("Published figures", {
  { "Commission on $100 of app sales", is = { q "100 $" * "10 %", q "100 $" * "15 %" },
    unit = "$", note = "10 to 15 %" },
  { "GPT-4 at 0.06 $ per thousand tokens", says = "60 $/Mtok", is = "0.06 $" / q "1 ktok",
    note = "list price of output" },
  { "Run rate of the lab, all channels", says = { "44 $bn/yr", "47 $bn/yr" }, is = p:revenue()[1],
    unit = "$bn/yr", note = "of May 2026; here a quarter on" },
})

-- The median of a part, in a period or the last.
local function share(x, t) return words.percent(words.median(t and x[t] or x:last())) end
print(([[

In 2031 applications bring %s of revenue and %s of gross profit (medians, here and below); the
gross margin moves from %s to %s. The API alone is %s of revenue then, with a margin of %s
that hangs on prices; leasing of compute is %s, with a margin of %s.
]]):format(share(top), share(top_profit), share(p:margin(), 1), share(p:margin()),
           share(p:share "api_fees"), words.percent(words.median(margin.platform)),
           share(p:share "compute_leasing"), words.percent(words.median(margin.infrastructure))))
