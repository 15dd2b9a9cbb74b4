-- The layers of the business and the channels through which they earn, as a part of the module
-- `pyramid`: infrastructure, platform and application, after "Direct Monetization: Technology as a
-- Service", which counts these ten channels and ranks the layers' margins low, medium and high.
local channels = {}

channels.layers = { "infrastructure", "platform", "application" }

local other_names = {
  base = "infrastructure", bottom = "infrastructure", middle = "platform", top = "application",
  applications = "application", platforms = "platform",
}

-- Where each channel belongs, unless a script says otherwise.
local homes = {
  infrastructure = { "compute_leasing", "edge_deployment" },
  platform = { "api_fees", "developer_ecosystem" },
  application = { "vertical_subscriptions", "content_revenue_share", "process_automation",
                  "data_flywheel", "government", "compliance" },
}

local aliases = {
  compute = "compute_leasing", hardware = "compute_leasing", edge = "edge_deployment",
  edge_licences = "edge_deployment", api = "api_fees", api_calls = "api_fees",
  developers = "developer_ecosystem", marketplace = "developer_ecosystem",
  developer_marketplace = "developer_ecosystem", vertical = "vertical_subscriptions",
  subscriptions = "vertical_subscriptions", content = "content_revenue_share",
  revenue_share = "content_revenue_share", automation = "process_automation",
  enterprise = "process_automation", enterprise_modules = "process_automation",
  data = "data_flywheel", data_services = "data_flywheel", government_solutions = "government",
  auditing = "compliance",
}

local layer_of_channel = {}
for layer, names in pairs(homes) do
  for _, name in ipairs(names) do layer_of_channel[name] = layer end
end
for alias, name in pairs(aliases) do layer_of_channel[alias] = layer_of_channel[name] end

-- The layer that a name stands for; nil where it is none.
function channels.layer(name)
  name = other_names[name] or name
  return homes[name] and name
end

-- The layer that a channel belongs to by its name; nil for a name of the script's own.
function channels.home(name) return layer_of_channel[name] end

function channels.known()
  local names = {}
  for _, layer in ipairs(channels.layers) do
    for _, name in ipairs(homes[layer]) do names[#names + 1] = name end
  end
  return table.concat(names, ", ")
end

return channels
