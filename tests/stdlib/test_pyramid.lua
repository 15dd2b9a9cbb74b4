-- The module pyramid: revenue by layer and channel, and the data flywheel.
local check = require "check"

horizon { from = "2026", periods = 5 }

-- --- 40 at 20 %, 35 at 50 %, 25 at 75 %: gross profit 8 + 17.5 + 18.75 = 44.25 of 100.

local p = pyramid.model {
  infrastructure = { margin = "20 %", channels = { compute_leasing = "40 $bn/yr" } },
  platform = { margin = "50 %", channels = { api_fees = "30 $bn/yr",
                                             developer_ecosystem = "5 $bn/yr" } },
  application = { margin = "75 %", channels = { vertical_subscriptions = "20 $bn/yr",
    government = "4 $bn/yr", house_style = "1 $bn/yr" } },
}
check.equal(p:revenue(1), "100 $bn/yr")
check.equal(p:revenue("platform", 2), "35 $bn/yr")
check.equal(p:revenue("api_fees", 2), "30 $bn/yr")
check.equal(p:gross_profit(1), "44.25 $bn/yr")
check.equal(p:gross_profit("infrastructure", 1), "8 $bn/yr")
check.equal(p:margin(1), "44.25 %")
check.equal(p:margin("application", 1), "75 %")
check.equal(p:share("government", 1), "4 %")
check.equal(p:share("infrastructure", 1), "40 %")
check.equal(p:concentration(1), 0.16 + 0.09 + 0.0025 + 0.04 + 0.0016 + 0.0001)
check.equal(p:concentration("layers", 1), 0.16 + 0.1225 + 0.0625)
check.equal(p:mix(1).api_fees, "30 %")
check.equal(p:mix("layers", 1).application, "25 %")
check.same(p:mix().api_fees, p:share "api_fees")

-- --- The ten channels know their layers, by other names too; a name of one's own says its layer.

local homes = {
  infrastructure = { "compute_leasing", "edge_deployment", "compute", "edge", "hardware" },
  platform = { "api_fees", "developer_ecosystem", "api", "marketplace" },
  application = { "vertical_subscriptions", "content_revenue_share", "process_automation",
    "data_flywheel", "government", "compliance", "subscriptions", "content", "automation" },
}
for layer, names in pairs(homes) do
  for _, name in ipairs(names) do
    local one = pyramid.channels { [name] = "3 $bn/yr", [name .. "_2"] = { revenue = "1 $bn/yr",
      layer = "base" } }
    check.equal(one:revenue(layer, 1), layer == "infrastructure" and "4 $bn/yr" or "3 $bn/yr")
  end
end
check.equal(pyramid.model { base = "5 $bn/yr", top = { revenue = "3 $bn/yr", margin = 0.5 },
                            api = "2 $bn/yr" }:revenue("platform", 1), "2 $bn/yr")
check.equal(pyramid.channels { api = { revenue = "3 $bn/yr", layer = "top" } }:revenue("platform",
  1), 0)

-- --- A marketplace keeps 10 to 15 % of 100; a channel's margin goes before its layer's; growth.

for take, kept in pairs { [0.10] = 10, [0.15] = 15 } do
  local market_place = pyramid.channels { marketplace = { sales = "100 $M/yr", take = take,
                                                          margin = 0.8 } }
  check.equal(market_place:revenue(1), kept .. " $M/yr")
  check.equal(market_place:gross_profit(1), 0.8 * kept .. " $M/yr")
end
-- The clouds' half at 30 %, the lab's own at 72 %: 22.44 of 44, 51 %.
local lab = pyramid.model { platform = { margin = "72 %", channels = {
  api = "22 $bn/yr", cloud = { revenue = "22 $bn/yr", margin = "30 %" } } } }
check.equal(lab:gross_profit(1), "22.44 $bn/yr")
check.equal(lab:margin("platform", 1), "51 %")
local grown = pyramid.channels { api = { revenue = "10 $bn/yr", growth = "50 %/yr" } }
check.equal(grown:revenue(), { "10 $bn/yr", "15 $bn/yr", "22.5 $bn/yr" })

-- --- Amounts, series that a script fills, nothing at all.

local filled = series "$M"
local amounts = pyramid.channels { api = filled, government = series("$M", "5 $M") }
for t in periods() do
  filled[t] = t == 1 and q "5 $M" or amounts:revenue(t - 1)
  check.equal(amounts:revenue(t), 5 * (t + 1) .. " $M")
end
check.equal(amounts:revenue(3), "20 $M")
check.equal(pyramid.channels { api = 0, edge = "3 $bn/yr" }:share("api", 1), 0)

-- --- Without revenue, in one sample of many, shares and margins are 0.

local some = assume("some", dist.bernoulli(0.5))
local maybe = pyramid.channels { api = { revenue = "10 $bn/yr" * some, margin = "50 %" },
                                 edge = { revenue = "30 $bn/yr" * some, margin = "10 %" } }
for _, entry in ipairs { { maybe:margin(1), 0.2 }, { maybe:margin("api", 1), 0.5 },
                         { maybe:share("api", 1), 0.25 }, { maybe:concentration(1), 0.625 },
                         { maybe:mix("layers", 1).platform, 0.25 } } do
  check.varies(entry[1])
  check.same(entry[1], when(some, entry[2], 0))
end
check.equal(maybe:share("application", 1), 0)
check.equal(p:margin("api_fees", 1), "50 %")

-- --- Layers and channels sum to the total in every sample.

local a = assume { api = "10 to 30 $bn/yr", lease = "20 to 50 $bn/yr", gov = "1 to 9 $bn/yr",
  apps = "50 to 200 $bn/yr", take = "10 to 15 %", low = "10 to 30 %", mid = "40 to 60 %",
  high = "65 to 85 %", growth = "10 to 90 %/yr" }
local any = pyramid.model {
  infrastructure = { margin = a.low, channels = { compute_leasing = a.lease } },
  platform = { margin = a.mid, channels = { api_fees = { revenue = a.api, growth = a.growth },
               developer_ecosystem = { sales = a.apps, take = a.take } } },
  application = { margin = a.high, channels = { government = a.gov } },
}
local function over_layers(method)
  return any[method](any, "infrastructure") + any[method](any, "platform") + any[method](any,
    "application")
end
check.same(over_layers "revenue", any:revenue())
check.same(over_layers "gross_profit", any:gross_profit())
check.same(over_layers "share", series("1", 1))
check.same(any:revenue "api_fees" + any:revenue "developer_ecosystem", any:revenue "platform")
check.same(any:margin() * any:revenue(), any:gross_profit())
check.always(any:concentration():at_least(0.25 - 1e-9) & any:concentration():at_most(1))
check.varies(any:gross_profit(5))
local channel = { sales = "100 $bn/yr", take = "12 %", margin = "50 %", growth = "10 %/yr" }
check.options(function(o) return pyramid.channels { api = o, edge = "1 $bn/yr" }:revenue(3) end,
              channel,
  { sales = "90 to 110 $bn/yr", take = "10 to 15 %", growth = "5 to 15 %/yr" })
check.varies(pyramid.channels { api = { revenue = "1 $bn/yr",
                                        margin = "10 to 20 %" } }:gross_profit(1))

-- --- The flywheel: 5 Ptok a year at 2 % per Ptok are 10 % a year, from the period after.

local fly = pyramid.flywheel { usage = "5 Ptok/yr", gain = "2 %/Ptok" }
check.equal(fly:quality(), { 1, 1.1, 1.2, 1.3, 1.4 })
check.equal(fly:lift("10 $/Mtok", 3), "12 $/Mtok")
check.equal(fly:lift("10 $/Mtok", 3, 0.5), 10 * 1.2 ^ 0.5 .. " $/Mtok")
check.equal(pyramid.flywheel { usage = series("Ptok", "5 Ptok"), gain = "2 %/Ptok" }:quality(2),
            1.1)
local limited = pyramid.flywheel { usage = "5 Ptok/yr", gain = "2 %/Ptok", limit = 1.5 }
check.equal(limited:quality(4), 1 + 0.5 * (1 - math.exp(-0.3 / 0.5)))
local fading = pyramid.flywheel { usage = "5 Ptok/yr", gain = "2 %/Ptok", fade = "20 %/yr",
                                  start = 2 }
check.equal(fading:quality(5), 2 + 0.5 * (1 - math.exp(-0.8)))
check.equal(pyramid.flywheel { usage = "0 Ptok/yr", gain = "2 %/Ptok" }:quality(5), 1)

-- Quality brings use, which makes quality.
local usage = series "Ptok/yr"
local loop = pyramid.flywheel { usage = usage, gain = "2 %/Ptok" }
for t in periods() do usage[t] = loop:lift("5 Ptok/yr", t, 2) end
check.equal(usage[3], 5 * (1 + 0.1 + 0.1 * 1.1 ^ 2) ^ 2 .. " Ptok/yr")
check.options(function(o) return pyramid.flywheel(o):quality(4) end,
  { usage = "5 Ptok/yr", gain = "2 %/Ptok", limit = 1.5 },
  { usage = "4 to 6 Ptok/yr", gain = "1 to 3 %/Ptok", start = "0.9 to 1.1", limit = "1.4 to 1.6",
    fade = "10 to 20 %/yr" })

-- --- Mistakes.

local function fails(message, f) check.fails(message, f) end
fails("layer of house is missing", function() pyramid.channels { house = "5 $bn/yr" } end)
fails("margin of api is missing", function() pyramid.channels {
  api = "5 $bn/yr" }:gross_profit(1) end)
fails("take of api is missing", function() pyramid.channels { api = { sales = "5 $bn/yr" } } end)
fails("take of api is of sales", function() pyramid.channels { api = { revenue = "5 $bn/yr",
  take = 0.1 } } end)
fails("both revenue and sales", function()
  pyramid.channels { api = { revenue = "5 $bn/yr", sales = "5 $bn/yr" } }
end)
fails("revenue of api is missing", function() pyramid.channels { api = {} } end)
fails("revenue of edge must be money per time", function()
  pyramid.channels { api = "5 $bn/yr", edge = "5 GW" }
end)
fails("no option \"margn\" of api", function() pyramid.channels { api = { margn = 0.5 } } end)
fails("no option \"channel\" of platform", function() pyramid.model { platform = {
  channel = {} } } end)
fails("layer of api must be infrastructure", function()
  pyramid.channels { api = { revenue = "5 $bn/yr", layer = "roof" } }
end)
fails("revenue of api: \"garbage\" is not a quantity", function() pyramid.channels {
  api = "garbage" } end)
fails("growth of api: \"garbage\" is not a quantity", function() pyramid.channels {
  api = { revenue = "1 $/yr", growth = "garbage" } } end)
fails("take of api must be a share up to 100 %", function() pyramid.channels {
  api = { sales = "1 $/yr", take = 15 } } end)
fails("no layer or channel \"roof\": there are infrastructure, platform", function()
  p:share "roof"
end)
fails("margin of platform must be a share", function() pyramid.model { platform = {
  margin = 50 } } end)
-- Lists that have the names in them; margins are shown as they are given, shares plain.
local listed = pyramid.model {
  { name = "platform", margin = 0.5, channels = { { name = "api", revenue = "3 $bn/yr" } } },
  { name = "top", margin = 0.75, revenue = "1 $bn/yr" },
}
check.same(listed:gross_profit(), pyramid.model {
  platform = { margin = "50 %", channels = { api = "3 $bn/yr" } },
  application = { margin = "75 %", revenue = "1 $bn/yr" },
}:gross_profit())
check.equal(summary(listed:margin(1)).mean, 0.5625)
check.equal(summary(p:margin(1)).unit == "%" and 1 or 0, 1)
check.equal(summary(listed:share("platform", 1)).mean, 0.75)
check.equal(pyramid.channels { { name = "api", revenue = "3 $/yr" } }:revenue("api", 1), "3 $/yr")
fails("two layers or channels with the name \"api\"", function()
  pyramid.channels { { name = "api", revenue = "1 $/yr" }, api = "2 $/yr" }
end)
fails("the name of a layer", function() pyramid.model { platform = { channels = {
  top = "5 $bn/yr" } } } end)
fails("two channels with the name \"api\"", function()
  pyramid.model { platform = { channels = { api = "5 $bn/yr" } }, api = "5 $bn/yr" }
end)
fails("there is no revenue", function() pyramid.model {} end)
fails("it takes a table", function() pyramid.model "5 $bn/yr" end)
fails("no layer or channel \"roof\"", function() p:revenue "roof" end)
fails("of channels or of layers, not of rows", function() p:concentration "rows" end)
fails("the period comes last", function() p:revenue(1, 2) end)
fails("from 0 to 5, not 6", function() p:revenue(6) end)
fails("gain must be quality per unit of usage", function()
  pyramid.flywheel { usage = "5 GW", gain = "2 %/Ptok" }:quality(2)
end)
fails("limit must be above start", function()
  pyramid.flywheel { usage = "5 Ptok/yr", gain = "2 %/Ptok", limit = 1 }
end)

check.done()
