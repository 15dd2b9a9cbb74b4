-- Payments over time and what they are worth, as a part of the module `finance`.
--
-- Payments are a list by period, [0] being what is paid at the start and [t] at the end of period
-- t, `years` long. They come from a series of the horizon, whose opening value is [0], or from a
-- list such as { [0] = "-100 $", "20 $", "30 $" }.
local flows = {}

local function check_money(x)
  if not (has_unit(x, "$") or has_unit(x, "$/yr") or has_unit(x, "1")) then
    fail("flows must be money, as in $bn, or money per time, as in $bn/yr, not in %s", unit_of(x))
  end
  return x
end

local function amount(x, span) return has_unit(x, "$/yr") and x * span or x end

-- 0 is of any unit, and takes that of the others.
local function in_one_unit(payments)
  local like = payments[0] or payments[1]
  for t = 1, #payments do
    if known(like) == 0 then like = payments[t] end
  end
  for t = payments[0] and 0 or 1, #payments do
    payments[t] = in_unit(payments[t], like, "flows")
  end
  return payments
end

local function from_list(list, every)
  local payments = { years = known(every / "1 yr") }
  if payments.years == nil then fail "every must be a plain time, as in every = \"1 quarter\"" end
  for t, x in pairs(list) do
    if math.type(t) ~= "integer" or t < 0 or t > #list then
      fail("flows must be a series, or a list such as { [0] = \"-100 $\", \"20 $\", \"30 $\" }: "
           .. "there is no place for [%s]", tostring(t))
    end
    payments[t] = amount(check_money(quantity(x, ("[%d] of flows"):format(t))), every)
  end
  return in_one_unit(payments)
end

local function from_series(x)
  if count_periods() == 0 then
    fail "flows must be a series or, without a horizon, a list such as { \"20 $\", \"30 $\" }"
  end
  local payments = { years = known(dt / "1 yr") }
  check_money(x)
  for t in periods() do payments[t] = amount(at(x, t), dt) end
  if is_series(x) and has_value(x, 0) then
    if has_unit(x, "$/yr") then
      fail("flows are a rate, whose opening value is no payment: give what is paid at the start as "
           .. "outlay")
    end
    payments[0] = at(x, 0)
  end
  return payments
end

function flows.read(given, o)
  local payments
  if type(given) == "table" then
    payments = from_list(given, o.every)
  else
    payments = from_series(quantity(given, "flows"))
  end
  if #payments == 0 then fail "flows are empty: there is no payment" end
  if o.outlay then
    local outlay = in_unit(o.outlay, payments[1], "outlay")
    if (known(outlay) or 0) < 0 then
      fail "outlay is what is paid at the start: write it without the minus"
    end
    payments[0] = payments[0] and payments[0] - outlay or -outlay
  end
  return payments
end

-- The factor by which what is paid at the end of each period is discounted: 1 at the start,
-- (1 + r)^(-t years) where the rate stays the same.
local function discounts(payments, rate)
  local factors = { [0] = q "1" }
  for t = 1, #payments do
    factors[t] = factors[t - 1] * (1 + at(rate, t)) ^ -payments.years
  end
  return factors
end

-- Those paid in the middle of a period are discounted half a period less.
function flows.npv(payments, rate, timing)
  local factors, sum = discounts(payments, rate), payments[0]
  for t = 1, #payments do
    local value = payments[t] * factors[t]
    if timing == "mid" then value = value * (1 + at(rate, t)) ^ (payments.years / 2) end
    sum = sum and sum + value or value
  end
  return sum
end

-- The rate does not depend on when the first payment is.
function flows.irr(payments)
  local list = { payments[0] }
  for t = 1, #payments do list[#list + 1] = payments[t] end
  return irr_of(list, payments.years)
end

-- The first time at which the sum of payments, discounted where there is a rate, is 0 or more. In
-- between, payments are spread evenly over their period where it interpolates. Nothing has to be
-- paid back where the first payment is none that was made.
function flows.payback(payments, rate, interpolate)
  local factors = rate and discounts(payments, rate)
  local sums, paid = { [0] = payments[0] or 0 * payments[1] }, {}
  for t = 1, #payments do
    paid[t] = factors and payments[t] * factors[t] or payments[t]
    sums[t] = sums[t - 1] + paid[t]
  end
  local periods_needed = q(math.huge)
  for t = #payments, 1, -1 do
    local needed = interpolate and t - 1 - sums[t - 1] / paid[t] or t
    if t == 1 and not payments[0] then needed = 0 end
    periods_needed = when(sums[t]:at_least(0), needed, periods_needed)
  end
  if payments[0] then periods_needed = when(sums[0]:at_least(0), 0, periods_needed) end
  return (periods_needed * (q "1 yr" * payments.years)):as "yr"
end

return flows
