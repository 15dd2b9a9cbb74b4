-- What a fleet serves: demand in GW or in tokens, up to capacity times utilisation.

local capacity = require "compute/capacity"
local service = {}

-- What has been asked of a period: `used` of its capacity, in GW; what waits or is lost, in the
-- unit of demand.
local function record_of(self, t)
  local record = self.served[t]
  if record then return record end
  record = { used = q "0 GW" }
  if self.unmet == "queued" then
    if t < self.last_served then
      fail("period %d has been served before: with unmet = \"queued\" periods are served in order",
           self.last_served)
    end
    for s = t - 1, 1, -1 do
      if self.served[s] then
        record.waiting = self.served[s].waiting
        break
      end
    end
  end
  self.served[t] = record
  self.last_served = math.max(self.last_served, t)
  return record
end

-- Nothing is used more than all the time.
function service.usable(self, t)
  local share = at(self.utilisation, t)
  return capacity.online(self, t) * (known(share) and share or min(share, 1))
end

-- Tokens per GW in period t: of the fleet as it is, the mean over its vintages.
local function per_gw(self, t)
  if not self.tokens then
    fail("demand in tokens needs what a GW serves: give the fleet tokens =, as in "
         .. "\"1.5e16 tok/GW/yr\"")
  end
  local first = self.tokens(t)
  if not self.gain then return first end
  local online = capacity.online(self, t)
  return first * when(online:above(0), capacity.effective(self, t) / online, 1)
end

function service.tokens(self, t)
  capacity.use(self, t)
  return service.usable(self, t) * per_gw(self, t)
end

-- What is usable in a period and has not been used.
local function idle(self, t)
  local record = self.served[t]
  return record and max(service.usable(self, t) - record.used, 0) or service.usable(self, t)
end

function service.serve(self, t, demand)
  demand = at(q(demand), t)
  local in_tokens = has_unit(demand, "tok/yr")
  if not in_tokens then demand = capacity.it_power(self, demand, "demand") end
  if self.demand and has_unit(self.demand, "tok/yr") ~= in_tokens then
    fail("demand is in %s here and was in %s before: serve one fleet in one of them",
         unit_of(demand), unit_of(self.demand))
  end
  self.demand = self.demand or demand
  capacity.use(self, t)
  demand = known(demand) and demand or max(demand, 0)
  local record = record_of(self, t)
  local rate = in_tokens and per_gw(self, t) or nil
  local queued = self.unmet == "queued" and record.waiting
  local wanted = queued and demand + queued or demand
  local free = idle(self, t)
  local result = min(wanted, rate and free * rate or free):as(unit_of(demand))
  local short = wanted - result
  record.waiting = record.waiting and not queued and record.waiting + short or short
  record.used = record.used + (rate and when(rate:above(0), result / rate, 0) or result)
  return result
end

-- What was asked for in a period and not served.
function service.unmet(self, t)
  local record = self.served[t]
  if record and record.waiting then return record.waiting end
  return self.demand and constant_like(0, self.demand) or q "0 GW"
end

-- What waits at the end of a period.
function service.backlog(self, t)
  if self.unmet ~= "queued" then
    fail("demand that is not met is lost: give the fleet unmet = \"queued\" for it to wait")
  end
  for s = t, 1, -1 do
    if self.served[s] then return service.unmet(self, s) end
  end
  return service.unmet(self, t)
end

function service.idle(self, t)
  capacity.use(self, t)
  return idle(self, t)
end

-- --- Allocation.

-- What is wanted, in GW, of what is free; shares are of that. "rest" takes what others leave.
local function read_wants(self, t, wants, free)
  local list, shares, rest = {}, 0, nil
  for name, want in pairs(wants) do
    if name == "idle" then fail("\"idle\" is what is left over: name the use otherwise") end
    if want == "rest" then
      if rest then fail("only one use can have the rest") end
      rest = { name = name }
      list[#list + 1] = rest
    else
      local x = at(q(want), t)
      if has_unit(x, "1") and known(x) ~= 0 then
        shares, x = shares + x, x * free
      end
      x = capacity.it_power(self, x, name)
      list[#list + 1] = { name = name, want = known(x) and x or max(x, 0) }
    end
  end
  if known(shares) and known(shares) > 1 + 1e-9 then
    fail("the shares add up to %s: they are of the whole", (q(shares) * 1):as "%")
  end
  return list, rest
end

-- Those that are first in the order given; then the others, together.
local function in_order(list, priority)
  local by_name, first = {}, {}
  for _, use in ipairs(list) do by_name[use.name] = use end
  for _, name in ipairs(priority or {}) do
    if by_name[name] then
      first[#first + 1], by_name[name] = by_name[name], nil
    end
  end
  local others = {}
  for _, use in ipairs(list) do
    if by_name[use.name] then others[#others + 1] = use end
  end
  return first, others
end

local function total_of(list)
  local sum = q "0 GW"
  for _, use in ipairs(list) do sum = sum + (use.want or 0) end
  return sum
end

-- Grants of what is free, and what is left of it.
local function grant(list, priority, free)
  local granted, left = {}, free
  local first, others = in_order(list, priority)
  for _, use in ipairs(first) do
    granted[use.name] = min(use.want, left)
    left = left - granted[use.name]
  end
  local total = total_of(others)
  local part = #others > 0 and when(total:above(left), left / total, 1)
  for _, use in ipairs(others) do granted[use.name] = use.want * part end
  return granted, max(left - min(total, left), 0)
end

-- A list of names, which is the caller's no longer, or nil; of `wants` where it is given with them.
function service.check_priority(priority, wants)
  if priority == nil then return nil end
  if type(priority) ~= "table" then
    fail("priority must be a list such as { \"inference\", \"training\" }, not %s", priority)
  end
  for _, name in ipairs(priority) do
    if wants and not wants[name] then fail("priority has \"%s\", which wants nothing", name) end
  end
  return table.move(priority, 1, #priority, 1, {})
end

function service.allocate(self, t, wants, priority)
  if type(wants) ~= "table" then
    fail("what is wanted must be a table such as { inference = \"0.6 GW\", training = ... }, "
         .. "not %s", wants)
  end
  priority = service.check_priority(priority, wants) or self.priority
  capacity.use(self, t)
  local record = record_of(self, t)
  local free = idle(self, t)
  local list, rest = read_wants(self, t, wants, free)
  if rest then rest.want = max(free - total_of(list), 0) end
  local granted, left = grant(list, priority, free)
  for name, gw in pairs(granted) do
    granted[name] = self.unit and gw:as(self.unit) or gw
    record.used = record.used + granted[name]
  end
  granted.idle = left
  return granted
end

return service
