-- Revenue by layer and channel: the pyramid of infrastructure, platform and application.
local flywheel = require "pyramid/flywheel"
local model = require "pyramid/model"
local over_time = require "shared/over_time"
local tables = require "shared/tables"

local function in_periods(t, value) return over_time.answer(t, value, 0) end

-- revenue(), revenue(t), revenue("platform"), revenue("platform", t): what is asked and when.
local function what_and_when(which, t)
  if type(which) == "number" then
    if t ~= nil then fail "the period comes last, as in revenue(\"platform\", 3)" end
    which, t = nil, which
  end
  if which ~= nil and type(which) ~= "string" then
    fail("it takes the name of a layer or channel, and a period, not %s", tostring(which))
  end
  if t and not (math.type(t) == "integer" and t >= 0 and t <= count_periods()) then
    fail("the period must be a whole number from 0 to %d, not %s", count_periods(), tostring(t))
  end
  return which, t
end

local which_argument = { "which", "", "a layer or a channel by its name; all where it is left out",
                         kind = "any", optional = true }
local t_argument = tables.with(over_time.period, { kind = "any" })

local example = [[local p = pyramid.model {
  infrastructure = { margin = "20 %", channels = { compute_leasing = "40 $bn/yr" } },
  platform = { margin = "50 %", channels = { api_fees = "35 $bn/yr" } },
  application = { margin = "75 %", channels = { compliance = "5 $bn/yr",
    government = "20 $bn/yr" } },
}; print(]]

local function measure(name, doc, shown, result)
  return { name, doc, takes = { which_argument, t_argument }, example = example .. shown .. ")",
           result = result .. "\n",
           call = function(s, which, t)
             which, t = what_and_when(which, t)
             return in_periods(t, function(p) return model[name](s, which, p) end)
           end }
end

local of = { "of", "", "channels or layers", kind = "any", optional = true }

local new_pyramid = class("pyramid", "Revenue by layer and channel. Shares and margins of no "
  .. "revenue are 0.", {
  measure("revenue", "the revenue, of all or of a layer or channel", [[p:revenue(),
  p:revenue "platform"]], "100 $bn/yr\t35 $bn/yr"),
  measure("gross_profit", "revenue times margin, of all or of a layer or channel",
    "p:gross_profit()", "44.25 $bn/yr"),
  measure("margin", "gross profit over revenue, of all or of a layer or channel", "p:margin()",
    "44.25 %"),
  measure("share", "the part of all revenue that a layer or channel brings",
    "p:share \"government\"", "0.2"),
  { "concentration", "the Herfindahl index of the channels or the layers, the sum of their squared "
    .. "shares: 1 where there is one", takes = { of, t_argument },
    example = example .. [[p:concentration(), p:concentration "layers")]],
    result = "0.325\t0.345\n",
    call = function(s, of_what, t)
      of_what, t = what_and_when(of_what, t)
      return in_periods(t, function(p) return model.concentration(s, of_what, p) end)
    end },
  { "mix", "a table of the share of each channel, or each layer, by its name", takes = { of,
    t_argument }, example = example .. [[p:mix "layers".application)]], result = "0.25\n",
    call = function(s, of_what, t)
      of_what, t = what_and_when(of_what, t)
      local mix = {}
      for _, name in ipairs(model.parts(s, of_what)) do
        mix[name] = in_periods(t, function(p) return model.share(s, name, p) end)
      end
      return mix
    end },
})

local function new_model(given) return new_pyramid(model.new(given)) end

return module("pyramid", "Revenue by layer and channel, and the data flywheel.", {
  { "model", "the layers with their margins and channels: infrastructure, platform, application. A "
    .. "channel is its revenue, or a table of revenue, or sales and the take of them, margin (else "
    .. "the layer's), growth, layer. A list of either has their names in it, as in { { name = "
    .. "\"platform\", margin = \"50 %\", revenue = \"35 $bn/yr\" } }",
    takes = { { "layers", "", "layers, and channels that belong to a layer by their name",
    kind = "any" } },
    usage = "pyramid.model { LAYER = { margin =, channels = { CHANNEL = revenue, ... } }, ... }",
    example = example .. "p:gross_profit \"infrastructure\")", result = "8 $bn/yr\n",
    call = new_model },
  { "channels", "the same of channels alone: api_fees and developer_ecosystem belong to the "
    .. "platform, compute_leasing and edge_deployment to infrastructure, vertical_subscriptions, "
    .. "content_revenue_share, process_automation, data_flywheel, government and compliance to "
    .. "application; others say their layer", takes = { { "channels", "", "revenue by channel",
    kind = "any" } },
    usage = "pyramid.channels { CHANNEL = revenue, CHANNEL = { sales =, take =, margin = }, ... }",
    example = [[local p = pyramid.channels { api_fees = { revenue = "30 $bn/yr", margin = "50 %" },
  developer_ecosystem = { sales = "100 $bn/yr", take = "10 %", margin = "80 %" } }
print(p:revenue(), p:gross_profit "developer_ecosystem")]],
    result = "40 $bn/yr\t8 $bn/yr\n", call = new_model },
  { "flywheel", "quality that use improves: its gain per unit of use, up to a limit, fading",
    options = {
      { "usage", "", "the use of each period, as in \"5 Ptok/yr\"; may be filled period by period",
        required = true, range = "not negative" },
      { "gain", "", "the quality that a unit of use adds, as in \"2 %/Ptok\"", required = true,
        range = "not negative" },
      { "start", "1", "the quality at the start", kind = "scalar", default = "1",
        range = "positive" },
      { "limit", "1", "the highest quality that data can lead to", kind = "scalar",
        default = "inf", range = "positive" },
      { "fade", "", "the part of what was gained that is lost per year", kind = "rate",
        default = "0", range = "not negative" },
    },
    example = [[horizon { from = "2026", periods = 3 }
local fly = pyramid.flywheel { usage = "5 Ptok/yr", gain = "2 %/Ptok", limit = 1.5 }
print(fly:quality(3))]],
    result = "1.16484\n", call = flywheel.new },
})
