-- Figures for the sentences of a memo.
--
--   local words = require "parts/words"
--   local median, percent, money = words.median, words.percent, words.money
--
--   percent(chance(profit:above(0)))      -- "37 %"
--   percent(median(margin))               -- "51 %"
--   money(words.mean(profit, "$bn/yr"))   -- "$1.9bn", "-$0.5bn"

local words = {}

-- One number for an uncertain quantity, in a unit; left out: without one.
function words.median(x, unit) return q(x):as(unit or "1"):quantile(0.5) end
function words.mean(x, unit) return summary(q(x):as(unit or "1")).mean end

-- A part of one, such as a chance or a margin, in whole per cent.
function words.percent(part) return ("%.0f %%"):format(100 * part) end

-- Billions of dollars; to one decimal, unless told, and from a hundred on to none.
function words.money(billions, decimals)
  local size = math.abs(billions)
  local figure = ("%%.%df"):format(decimals or size < 100 and 1 or 0):format(size)
  return (billions < 0 and tonumber(figure) > 0 and "-$" or "$") .. figure .. "bn"
end

return words
