-- What can be raised at a valuation: the type `market`; a part of the module `funding`.

-- The points of a ceiling: the money that can be raised by valuation.
local function read_points(list)
  local points = {}
  for i, point in ipairs(list) do
    local valuation, raise = point.valuation or point[1], point.raise or point[2]
    if valuation == nil or raise == nil then
      fail("point %d of limit must be { valuation, raise }, as in { \"1.5 $tn\", \"250 $bn\" }", i)
    end
    points[i] = { in_unit(valuation, q "0 $", "the valuation of point " .. i),
                  in_unit(raise, q "0 $", "the raise of point " .. i) }
    local before = i > 1 and known(points[i - 1][1])
    if before and (known(points[i][1]) or math.huge) <= before then
      fail("the valuations of limit must increase: that of point %d does not", i)
    end
  end
  if #points == 0 then fail("limit has no points: write { { \"1.5 $tn\", \"250 $bn\" }, ... }") end
  return points
end

-- Straight lines from nothing at 0 through the points; level beyond the last.
local function along(points, valuation)
  local x0, y0, sum = q "0 $", q "0 $", q "0 $"
  for _, point in ipairs(points) do
    local x1, y1 = point[1], point[2]
    sum = sum + (y1 - y0) * clamp((valuation - x0) / (x1 - x0), 0, 1)
    x0, y0 = x1, y1
  end
  return sum:as(unit_of(points[1][2]))
end

-- A share s of the post-money valuation V + I is I = V s / (1 - s).
local function ceiling(market, valuation)
  local limit = market.limit
  if limit == nil then return q "inf $" end
  if type(limit) == "function" then return in_unit(limit(valuation), q "0 $", "what "
    .. "limit gives") end
  if type(limit) == "table" then return along(limit, valuation) end
  if has_unit(limit, "$") then return limit end
  local share = market.of == "post" and limit / (1 - limit) or limit
  return (valuation * share):as(unit_of(valuation))
end

local function open(market)
  if market.rounds == nil then return q "1":above(0) end
  return market.used:below(market.rounds)
end

local valuation_argument = { "valuation", "$", "the pre-money valuation" }

local make = class("market", "What can be raised at a valuation. A cap table's rounds take it as "
  .. "`limit`, and are counted by it", {
  { "limit", "the most that one round can raise", takes = { valuation_argument },
    example = [[
local m = funding.market { limit = { { "1.5 $tn", "250 $bn" }, { "2.5 $tn", "500 $bn" } } }
print(m:limit "2 $tn", m:limit "750 $bn", m:limit "4 $tn")]],
    result = "375 $bn\t125 $bn\t500 $bn\n",
    call = ceiling },
  { "raise",
    "what a round raises: the money wanted, or the limit where that is less; nothing where no "
      .. "round is left",
    takes = { { "wanted", "$", "the money wanted" }, valuation_argument },
    example = [[print(funding.market { limit = "20 %" }:raise("1 $tn", "4 $tn"):as "$bn")]],
    result = "800 $bn\n",
    call = function(market, wanted, valuation)
      local most = min(wanted, ceiling(market, valuation))
      if market.rounds then most = when(open(market), most, 0) end
      return most:as(unit_of(wanted))
    end },
  { "open", "the condition that a round is left", call = open },
  { "left", "how many rounds are left; inf where that is not limited",
    example = [[
local m = funding.market { limit = "20 %", rounds = 2 }
m:count(true)
print(m:left())]],
    result = "1\n",
    call = function(market)
      if market.rounds == nil then return q "inf" end
      return market.rounds - market.used
    end },
  { "count",
    "counts a round in the samples in which the condition holds; those of a cap table count "
      .. "themselves",
    takes = { { "condition", "", "that there has been a round", kind = "condition" } },
    call = function(market, condition) market.used = market.used + condition end },
})

local market = {}

function market.new(o)
  local limit = o.limit
  if type(limit) == "table" then
    limit = read_points(limit)
  elseif limit ~= nil and type(limit) ~= "function" then
    limit = is_quantity(limit) and limit or q(limit)
    if not has_unit(limit, "$") then limit = in_unit(limit, q "1", "limit") end
  end
  return make { limit = limit, rounds = o.rounds, of = o.of, used = q "0" }
end

return market
