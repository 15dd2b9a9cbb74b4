-- Arithmetic on quantities that every module does alike.
local amounts = {}

-- Of what is divided by nothing there are two kinds.
--
-- A share, a margin or an average of nothing is 0, so that one sample without revenue or users
-- does not make infinite the mean of all.
function amounts.ratio(a, b)
  if (known(b) or 0) ~= 0 then return a / b end
  return when(b:equals(0), 0, a / b)
end

-- How long or how often something takes is infinite where nothing is done for it, and 0 where there
-- is nothing to do.
function amounts.times(a, b)
  if (known(b) or 0) ~= 0 then return a / b end
  return when(a:equals(0), 0, a / b)
end

-- How long cash lasts at a burn: not at all where there is none, for ever where nothing is burnt.
function amounts.runway(cash, burn)
  return when(burn:above(0), max(cash, 0) / burn, math.huge)
end

-- The unit that x was written in; nil where it has none.
function amounts.unit(x)
  local unit = unit_of(x)
  return unit ~= "no unit" and unit or nil
end

-- x shown as y is.
function amounts.like(x, y)
  local unit = amounts.unit(y)
  return unit and x:as(unit) or x
end

-- A part of a whole shown as y is, a part of the same kind that a script gave; plain where there is
-- none, or where it was written without a unit.
function amounts.part_like(x, y)
  return x:as(y and amounts.unit(y) or "1")
end

-- The first value of x, of one or of each period, that is known and not right.
local function first_of(x, is_wrong)
  for t = 0, is_series(x) and count_periods() or 0 do
    local value = has_value(x, t) and at(x, t)
    if value and known(value) and is_wrong(value) then return value end
  end
end

function amounts.first_below_0(x)
  return first_of(x, function(value) return known(value) < 0 end)
end

-- The first that lies beyond another, seen from 0; but for what rounding makes of it.
function amounts.first_beyond(x, most)
  return first_of(x, function(value) return known(value / most) > 1 + 1e-9 end)
end

-- A share that is given may be below 0, as a margin may, but not above the whole where it is known.
function amounts.check_share(x, what)
  local above = x and amounts.first_beyond(x, 1)
  if above then fail("%s must be a share up to 100 %%, not %s", what, tostring(above)) end
  return x
end

return amounts
