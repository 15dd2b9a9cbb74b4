-- What is asked of an object over time, period by period.
local over_time = {}

-- The argument of a method that has a value in each period.
over_time.period = { "t", "", "the period; all where it is left out", kind = "period",
                     optional = true }

-- What such a method answers: the value of period t or, where t is left out, the series of all;
-- without a horizon that of the period `alone`, the only one.
function over_time.answer(t, value, alone)
  if t then return value(t) end
  if count_periods() == 0 then return value(alone) end
  return over_periods(value)
end

return over_time
