-- What a user is worth, and cohorts of users, as a part of the module `market`.
local amounts = require "shared/amounts"
local rates = require "shared/rates"

local economics = {}

-- The value of a user over the time that it stays: with m paid for each tau that the churn was
-- written for, s = 1 - churn tau staying through it and v = (1 + r)^-tau its discount,
-- m (1 + s v + (s v)^2 + ...) = m / (1 - s v) where it pays at the start of each tau, and s v times
-- that at the end. Without a discount the first is the usual ARPU * margin / churn.
function economics.ltv(o)
  amounts.check_share(o.margin, "margin")
  local churn = rates.read_leaving(o.churn, "churn")
  local kept = rates.survival(churn, 1, churn.per) / (1 + o.discount) ^ (churn.per / "1 yr")
  local payment = o.arpu * o.margin * churn.per
  local value = amounts.times(payment, 1 - kept)
  return o.timing == "end" and value * kept or value
end

-- A customer that brings in nothing never pays back.
function economics.payback(o)
  local profit = o.arpu * amounts.check_share(o.margin, "margin")
  local time = o.cac / profit
  if not has_unit(time, "mo") then
    fail("cac and arpu must be money for the same, as in $/user and $/user/mo: cac is in %s, arpu "
         .. "in %s", unit_of(o.cac), unit_of(o.arpu))
  end
  return when(profit:above(0), time, math.huge):as "mo"
end

function economics.retention(churn, span)
  return rates.survival(rates.read_leaving(churn, "churn"), 1, span)
end

-- The parts of those who joined that are active in the period that they join in, the next, ...
local function retention_of(o)
  if o.retention and type(o.retention) ~= "table" then
    fail "retention must be a list, the part that is active as they join and after: { 1, 0.7, 0.6 }"
  end
  local kept = {}
  for age, share in ipairs(o.retention or { 1 }) do
    kept[age] = in_unit(share, q "1", ("[%d] of retention"):format(age))
  end
  if #kept == 0 then
    fail "retention is empty: give the part that is active as they join and after: { 1, 0.7, 0.6 }"
  end
  return kept
end

-- How many of those who join are active. Of those that the retention counts no more, `tail` is how
-- many were active at its end and have not left since.
function economics.cohort(o)
  local churn = rates.read_leaving(o.churn, "churn")
  if not (churn or o.retention) then
    fail("churn is missing: how many leave, as in churn = \"5 %%/mo\"; or give retention, as in "
         .. "{ 1, 0.7, 0.6 }")
  end
  local kept, joining = retention_of(o), {}
  local _, unit = rates.amount(o.adds, 1, "adds")
  local tail = in_unit(o.start, q("1 " .. unit), "start")
  local active = series(unit, { [0] = tail })
  for t in periods() do
    joining[t] = rates.amount(o.adds, t, "adds")
    if t > #kept then tail = tail + joining[t - #kept] * kept[#kept] end
    tail = tail * rates.survival(churn, t, dt)
    local sum = tail
    for age = 1, math.min(#kept, t) do sum = sum + joining[t - age + 1] * kept[age] end
    active[t] = sum
  end
  return active
end

return economics
