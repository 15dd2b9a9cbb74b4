-- Channels through which revenue comes: each has a share of it, of which a margin is left. Gross
-- profit = revenue x the sum of share x margin.

local amounts = require "shared/amounts"
local units = require "pricing/units"
local of_period = units.of_period

-- A part that is known to be more than all of the revenue is a slip: 72 for "72 %".
local function check_part(x, what)
  local above = amounts.first_beyond(x, 1)
  if not above then return x end
  fail("%s must be 100 %% at most, not %s%s", what, tostring(above:as "%"),
       amounts.unit(above) and "" or (": write \"%.6g %%\""):format(known(above)))
end

-- What is left of a channel's revenue: its margin, or 1 less its commission and cost.
local function margin_of(entry)
  if entry.margin and (entry.commission or entry.cost) then
    fail("%s has a margin and a commission or cost: the margin is what both leave; give one or the "
         .. "others", entry.name)
  end
  if entry.margin then return check_part(entry.margin, "margin of " .. entry.name) end
  if not entry.commission and not entry.cost then
    fail("margin of %s is missing: the part of its revenue that is left, as in \"72 %%\", or give "
         .. "its commission and cost", entry.name)
  end
  local commission = check_part(entry.commission or q(0), "commission of " .. entry.name)
  return 1 - commission - (entry.cost or 0)
end

-- One channel may leave its share out and has what the others leave.
local function read_shares(named)
  local total, constant, rest = 0, true, nil
  for _, entry in ipairs(named) do
    if entry.share then
      check_part(entry.share, "share of " .. entry.name)
      total, constant = total + entry.share, constant and known(entry.share) ~= nil
    elseif rest then
      fail("share of %s and of %s are missing: one channel alone can have the rest", rest.name,
           entry.name)
    else
      rest = entry
    end
  end
  local sum = constant and known(total)
  if rest and (not sum or sum <= 1) then
    rest.share = 1 - total
  elseif sum and math.abs(sum - 1) > 1e-9 then
    fail("the shares add up to %.6g %%, not 100 %%: what is left out, and once, is the rest",
         100 * sum)
  end
end

local function read(o)
  local self = { channels = {}, by_name = {} }
  if #o.named == 0 then
    fail("there are no channels: write direct = { share = \"50 %%\", margin = \"72 %%\" }, ...")
  end
  read_shares(o.named)
  for k, entry in ipairs(o.named) do
    self.channels[k] = { name = entry.name, share = entry.share, margin = margin_of(entry) }
    self.by_name[entry.name] = self.channels[k]
  end
  return self
end

local function channel(self, name)
  if self.by_name[name] then return self.by_name[name] end
  local names = {}
  for k, one in ipairs(self.channels) do names[k] = one.name end
  fail("there is no channel \"%s\": there are %s", name, table.concat(names, ", "))
end

local function margin(self, t)
  local sum, margins = 0, {}
  for k, one in ipairs(self.channels) do
    margins[k] = one.margin
    sum = sum + of_period(one.share, t) * of_period(one.margin, t)
  end
  return units.show_part(sum, table.unpack(margins))
end

local function part_of(revenue, part, t)
  local whole = of_period(units.check_money(revenue, "revenue"), t)
  return units.show_like(whole * part, whole)
end

local function gross_profit(self, revenue, t) return part_of(revenue, margin(self, t), t) end

local function revenue_of(self, name, revenue, t)
  return part_of(revenue, of_period(channel(self, name).share, t), t)
end

local function profit_of(self, name, revenue, t)
  local one = channel(self, name)
  return part_of(revenue, of_period(one.share, t) * of_period(one.margin, t), t)
end

local name = { "name", "", "of the channel", kind = "text" }
local revenue = { "revenue", "", "of all channels, as in \"44 $bn/yr\"; a plain number too" }
local period = { "t", "", "the period; by default all", kind = "period", optional = true }

local essay = [[local lab = pricing.channels {
  first_party = { share = "50 %", margin = "72 %" }, clouds = { share = "50 %", margin = "30 %" } }
]]

local channel_mix = class("channel_mix", "Channels with their shares of revenue and margins, made "
  .. "by pricing.channels.", {
  { "gross_profit", "what all channels leave of a revenue", takes = { revenue, period },
    call = gross_profit, example = essay .. [[print(lab:gross_profit "44 $bn/yr")]],
    result = "22.44 $bn/yr\n" },
  { "margin", "the gross margin of all channels together, in % where margins are written so",
    takes = { period }, call = margin,
    example = essay .. "print(lab:margin())", result = "51 %\n" },
  { "revenue", "a channel's part of a revenue", takes = { name, revenue, period },
    call = revenue_of, example = essay .. [[print(lab:revenue("clouds", "44 $bn/yr"))]],
    result = "22 $bn/yr\n" },
  { "profit", "what a channel leaves of its part of a revenue", takes = { name, revenue, period },
    call = profit_of, example = essay .. [[print(lab:profit("clouds", "44 $bn/yr"))]],
    result = "6.6 $bn/yr\n" },
})

return {
  "channels", "revenue by channel, each with its share and what it leaves; shares add up to 100 %",
  named = {
    { "share", "1", "of revenue, 100 % at most; one channel may leave it out and has the rest",
      range = "not negative" },
    { "margin", "1", "the part of the channel's revenue that is left, 100 % at most; negative "
      .. "where it costs more than it brings" },
    { "commission", "1", "instead of a margin: what the channel keeps, 100 % at most",
      range = "not negative" },
    { "cost", "1", "instead of a margin: the cost of serving, as a part of revenue" },
  },
  example = [[local apps = pricing.channels {
  store = { share = "40 %", commission = "15 %", cost = "30 %" }, direct = { margin = "68 %" } }
print(apps:margin())]],
  result = "62.8 %\n",
  call = function(o) return channel_mix(read(o)) end,
}
