-- Where a period lies in time, for modules whose objects are asked by period: times are counted
-- from the start of the horizon, and what depends on them is worked out once for each period.

local clock = {}

-- The option of every function that looks at a flow at one moment of each period.
clock.timing = { "timing", "", "the moment that stands for a period: its middle, start or end",
                 kind = "word", words = { "mid", "start", "end" }, default = "mid" }

local share_passed = { mid = 0.5, start = 1, ["end"] = 0 }

-- The moment of period t.
function clock.moment(t, timing)
  return (t - share_passed[timing or "mid"]) * dt
end

-- The part that moves in a period of what moves by `yearly` in a year.
function clock.part(yearly)
  return 1 - max(1 - yearly, 0) ^ (dt / q "1 yr")
end

-- "2027" is 2027.0, "2027-Q3" 2027.5, "2027-07" the same; nil for what is no date.
local function year_of(text)
  local year, kind, part = text:match("^(%d%d%d%d)%-?(Q?)(%d?%d?)$")
  if not year or (part == "") ~= (not text:find("-", 1, true)) then return nil end
  if part == "" then return tonumber(year) end
  local parts = kind == "Q" and 4 or 12
  if tonumber(part) < 1 or tonumber(part) > parts then return nil end
  return tonumber(year) + (tonumber(part) - 1) / parts
end

local function from_date(text, name)
  local year = year_of(text)
  if not year then return nil end
  local first = count_periods() > 0 and year_of(label(1))
  if not first then fail("%s is the date %s, but the horizon has no dates", name, text) end
  return q "1 yr" * (year - first)
end

-- The time from the start of the horizon that an option says: a time ("18 mo"), a date
-- ("2027-Q3", its beginning), or the number of a period (its beginning).
function clock.from_start(value, name)
  if type(value) == "string" then
    local date = from_date(value, name)
    if date then return date end
    if value:find("^%d%d%d%d%-") then
      fail('%s must be a time such as "18 mo" or a date such as "2027", "2027-Q3" or "2027-07", '
           .. 'not "%s"', name, value)
    end
  elseif math.type(value) == "integer" and value > 0 then
    return (value - 1) * dt
  end
  return in_unit(value, q "1 yr", name)
end

local function memory_of(self, name)
  self.memory = self.memory or {}
  self.memory[name] = self.memory[name] or {}
  return self.memory[name]
end

-- f(t), kept in self under a name, so that a period is worked out once.
function clock.kept(self, name, t, f)
  local memory = memory_of(self, name)
  if memory[t] == nil then memory[t] = f(t) end
  return memory[t]
end

-- The same from 1 on, and the series of all periods where none is asked for.
function clock.value(self, name, t, f)
  if t == nil then
    return over_periods(function(s) return clock.kept(self, name, s, f) end)
  end
  if t == 0 then fail("t must be from 1 to %d, not 0", count_periods()) end
  return clock.kept(self, name, t, f)
end

-- The same where f(t) asks for the value of the period before: those are worked out first, in
-- order, however many there are.
function clock.running(self, name, t, f)
  local memory = memory_of(self, name)
  for s = #memory + 1, t or 0 do memory[s] = f(s) end
  return clock.value(self, name, t, f)
end

return clock
