-- One idea: data. Prices of the past, in a file with units in its header, say how fast they fall:
-- what is drawn is which of the falls that have been seen goes on.

horizon { from = "2026-Q3", to = "2028-Q2" }

local past = data.csv "data/token_prices.csv" -- made up for the example

local falls, last = {}, nil
for row in past:rows() do
  if row.price and last then
    falls[#falls + 1] = row.price / last
  end
  last = row.price -- a quarter without a price has no fall, nor has the next
end

local latest = #past
local a = assume {
  fall   = { dist.empirical(falls), source = "data/token_prices.csv", note = "price over last quarter's" },
  volume = { past.volume[latest], source = "data/token_prices.csv", note = "the latest" },
  growth = { "60 to 150 %/yr", note = "of what is used" },
}

local price  = grow(past.price[latest], a.fall ^ 4 - 1)
local volume = grow(a.volume, a.growth)

output("price", price, { label = "Price of tokens", unit = "$/Mtok" })
output("revenue", price * volume, { label = "Revenue at that price", unit = "$bn/yr" })
output("grows", (price * volume):last():above((price * volume):first()), { label = "Revenue grows" })
