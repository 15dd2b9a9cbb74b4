-- Power at the meter, and what it costs. What is metered is power of IT times the PUE; a price per
-- kWh is one per kWh at the meter.

local electricity = {}
local one = q "1 GW_facility/GW"

-- PUE as GW at the meter per GW of IT; a number will do, and 1 counts the IT alone.
function electricity.pue(pue, what)
  if pue == nil then return one end
  return has_unit(pue, "1") and pue * one or in_unit(pue, one, what or "pue")
end

function electricity.price(price, what)
  if has_unit(price, "$/kWh") then return price / one end
  return in_unit(price, q "1 $/kWh_facility", what)
end

-- Of all the time, per year.
function electricity.cost(gw, pue, price)
  return in_unit(gw, q "1 GW", "gw") * electricity.pue(pue) * electricity.price(price, "price")
end

function electricity.accelerators(o)
  local at_meter = has_unit(o.power, "W") and o.power * one
                   or in_unit(o.power, q "1 W_facility", "power")
  return at_meter / (o.per_chip * o.overhead * electricity.pue(o.pue))
end

return electricity
