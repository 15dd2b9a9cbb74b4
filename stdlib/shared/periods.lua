-- Periods as scripts call them: by number, or by label.
local periods = {}

-- The number of a period from 0, the opening, on; nil for what is none.
function periods.find(t)
  local count = count_periods()
  local number = math.type(t) and math.tointeger(t)
  if number then return number >= 0 and number <= count and number or nil end
  for i = 0, count do
    if label(i) == t then return i end
  end
  return nil
end

-- The number of a period from `first` on that an argument must be.
function periods.read(t, first, what)
  local number = periods.find(t)
  if number and number >= first then return number end
  local found = type(t) == "string" and ("%q"):format(t) or tostring(t)
  fail("%s must be a period from %d to %d, or its label, as in \"%s\", not %s", what, first,
       count_periods(), label(count_periods()), found)
end

return periods
