-- Revenue by layer and channel, as a part of the module `pyramid`. A period is worked out when it
-- is asked for, from series that a script may fill period by period.
local names = require "pyramid/channels"
local amounts = require "shared/amounts"
local rates = require "shared/rates"
local tables = require "shared/tables"

local model = {}

-- --- What a script gives: layers with channels, or channels that know their layer.

-- The entries of a table by their names, which those of a list have in them.
local function by_name(given, what)
  local named = {}
  for key, entry in pairs(given) do
    if math.type(key) == "integer" and type(entry) == "table" and entry.name ~= nil then
      key, entry = tostring(entry.name), tables.with(entry, {})
      entry.name = nil
    end
    if named[key] ~= nil then fail("there are two %s with the name \"%s\"", what, key) end
    named[key] = entry
  end
  return named
end

local channel_options = { revenue = true, sales = true, take = true, margin = true, layer = true,
                          growth = true }

local function check_keys(entry, allowed, what)
  for key in pairs(entry) do
    if not allowed[key] then
      fail("there is no option \"%s\" of %s: it takes %s", tostring(key), what,
           table.concat(tables.keys(allowed), ", "))
    end
  end
end

local function share(x, what)
  if x == nil then return nil end
  return amounts.check_share(in_unit(x, q "1", what), what)
end

-- The margins that are asked for are shown as the first that is given.
local function margin(s, x, what)
  local given = share(x, what)
  s.margin = s.margin or given
  return given
end

local function money(s, x, what)
  x = quantity(x, what)
  if s.like == nil then
    if known(x) == 0 then return x end
    if not (has_unit(x, "$/yr") or has_unit(x, "$")) then
      fail("%s must be money per time, as in $bn/yr, or money, not in %s", what, unit_of(x))
    end
    s.like = x
    s.unit = unit_of(x)
  end
  return in_unit(x, s.like, what)
end

-- Growth compounds in the unit that it is written in; the first period is at revenue.
local function growth(x, what)
  return x ~= nil and rates.read(quantity(x, what), what) or nil
end

-- Commission: of the sales of others, the take is revenue.
local function sales_of(s, entry, name)
  if entry.revenue ~= nil and entry.sales ~= nil then
    fail("%s has both revenue and sales: give one", name)
  end
  if entry.sales == nil then
    if entry.take ~= nil then
      fail("take of %s is of sales: give sales instead of revenue", name)
    elseif entry.revenue == nil then
      fail("revenue of %s is missing, as in \"5 $bn/yr\"", name)
    end
    return money(s, entry.revenue, "revenue of " .. name)
  end
  if entry.take == nil then
    fail("take of %s is missing: the part of sales that is kept, as in \"10 to 15 %%\"", name)
  end
  return money(s, entry.sales, "sales of " .. name), share(entry.take, "take of " .. name)
end

local function add_channel(s, name, entry, layer)
  if type(entry) ~= "table" then entry = { revenue = entry } end
  check_keys(entry, channel_options, name)
  if names.layer(name) then
    fail("%s is the name of a layer: give the channel another one", name)
  end
  local given = entry.layer and names.layer(entry.layer)
  if entry.layer and not given then
    fail("layer of %s must be infrastructure, platform or application, not %s", name,
         tostring(entry.layer))
  end
  layer = given or layer or names.home(name)
  if not layer then
    fail("layer of %s is missing: write { revenue = ..., layer = \"application\" }; known by name "
         .. "are %s", name, names.known())
  end
  if s.by_name[name] then fail("there are two channels with the name \"%s\"", name) end
  local sales, take = sales_of(s, entry, name)
  local channel = { name = name, layer = layer, sales = sales, take = take,
                    growth = growth(entry.growth, "growth of " .. name),
                    margin = margin(s, entry.margin, "margin of " .. name) }
  s.channels[#s.channels + 1], s.by_name[name] = channel, channel
end

local function add_layer(s, layer, entry)
  if type(entry) ~= "table" then entry = { revenue = entry } end
  check_keys(entry, { margin = true, channels = true, revenue = true }, layer)
  s.margins[layer] = margin(s, entry.margin, "margin of " .. layer)
  if entry.revenue ~= nil then add_channel(s, layer .. "_revenue", entry.revenue, layer) end
  if entry.channels == nil then return end
  if type(entry.channels) ~= "table" then
    fail("channels of %s must be a table such as { api_fees = \"5 $bn/yr\" }", layer)
  end
  for name, channel in pairs(by_name(entry.channels, "channels")) do
    add_channel(s, tostring(name), channel, layer)
  end
end

function model.new(given)
  if type(given) ~= "table" then
    fail("it takes a table, as in { platform = { margin = \"50 %%\", channels = { api_fees = "
         .. "\"5 $bn/yr\" } } }")
  end
  local s = { channels = {}, by_name = {}, margins = {}, steps = {} }
  for name, entry in pairs(by_name(given, "layers or channels")) do
    local layer = names.layer(name)
    if layer then add_layer(s, layer, entry) else add_channel(s, tostring(name), entry) end
  end
  if not s.like then
    fail "there is no revenue: give a channel at least, as in api_fees = \"5 $bn/yr\""
  end
  return s
end

-- --- Values in a period.

local function channel_revenue(channel, t)
  local sales = at(channel.sales, t)
  if channel.take then sales = sales * at(channel.take, t) end
  return sales * rates.grown(channel.growth, t)
end

local function channel_profit(s, channel, t)
  local margin = channel.margin or s.margins[channel.layer]
  if not margin then
    fail("margin of %s is missing: the part of revenue that is left, of a channel or of the layer, "
         .. "as in %s = { margin = \"15 to 30 %%\", ... }", channel.name, channel.layer)
  end
  return channel_revenue(channel, t) * at(margin, t)
end

-- The channels of a layer, or the one of that name, or all.
local function chosen(s, which)
  if which == nil then return s.channels end
  if s.by_name[which] then return { s.by_name[which] } end
  local layer = names.layer(which)
  if not layer then
    tables.unknown("layer or channel", which,
                   tables.append(tables.append({}, names.layers), model.parts(s)))
  end
  local list = {}
  for _, channel in ipairs(s.channels) do
    if channel.layer == layer then list[#list + 1] = channel end
  end
  return list
end

local function sum(s, which, t, value)
  local total
  for _, channel in ipairs(chosen(s, which)) do
    local x = value(channel, t)
    total = total and total + x or x
  end
  return (total or 0 * at(s.like, t)):as(s.unit)
end

function model.revenue(s, which, t) return sum(s, which, t, channel_revenue) end

function model.gross_profit(s, which, t)
  return sum(s, which, t, function(channel, period) return channel_profit(s, channel, period) end)
end

function model.margin(s, which, t)
  local margin = amounts.ratio(model.gross_profit(s, which, t), model.revenue(s, which, t))
  return amounts.part_like(margin, s.margin)
end

function model.share(s, which, t)
  return amounts.ratio(model.revenue(s, which, t), model.revenue(s, nil, t))
end

-- The names of the channels or the layers.
function model.parts(s, of)
  if of == "layers" then return names.layers end
  if of ~= nil and of ~= "channels" then fail("it is of channels or of layers, not of %s", of) end
  local parts = {}
  for i, channel in ipairs(s.channels) do parts[i] = channel.name end
  return parts
end

-- The index of Herfindahl and Hirschman: the sum of the squared shares.
function model.concentration(s, of, t)
  local total, index = model.revenue(s, nil, t), q "0"
  for _, name in ipairs(model.parts(s, of)) do
    index = index + amounts.ratio(model.revenue(s, name, t), total) ^ 2
  end
  return index
end

return model
