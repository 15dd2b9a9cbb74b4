-- The capital recovery factor: what a sum costs per year over a life, at an interest rate.

local annuity = {}

-- price * r/(1 - (1 + r)^-n), and price/n at r = 0; with payments in months
-- price * 12 * (r/12)/(1 - (1 + r/12)^(-12 n)). The rate is a number per year.
function annuity.of(price, life, rate, compounding)
  local m = compounding == "monthly" and 12 or 1
  local n, r = life / "1 yr" * m, q(rate) / m
  local number = known(r)
  if number == 0 then return price / life end
  local factor = r / (1 - (1 + r) ^ -n)
  if not number then factor = when(r:equals(0), 1 / n, factor) end
  return price * factor * m / "1 yr"
end

-- What an amount at the end of a life comes to per year of it.
function annuity.sinking(amount, life, rate, compounding)
  return annuity.of(amount, life, rate, compounding) - amount * q(rate) / "1 yr"
end

return annuity
