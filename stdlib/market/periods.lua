-- What methods of objects over time answer: the value of period t or, where t is left out, the
-- series of all; without a horizon that of the period `alone`, the only one.
return function(t, value, alone)
  if t then return value(t) end
  if count_periods() == 0 then return value(alone) end
  return over_periods(value)
end
