-- Figures that are published or follow from published ones, by name: a module that gives another is
-- wrong, or the figure is.
local check = require "check"

local channels = pricing.channels { direct = { share = "50 %", margin = "72 %" },
                                    clouds = { share = "50 %", margin = "30 %" } }
local sold = funding.captable { holders = "850 M share" }
sold:ipo { price = "20 $/share", primary = "100 M share", secondary = "50 M share", spread = "4 %" }
local down = { price = "2 $/share", new_price = "1 $/share", shares = "2 M share",
               base = "10 M share" }
local ratchet = { price = "2 $/share", new_price = "1 $/share", shares = "2 M share",
                  method = "ratchet" }
local pool = funding.captable { founders = "8 M share" }
pool:safe { name = "SAFE", amount = "1.25 $M", cap = "12.5 $M" }
pool:round { name = "A", pre = "40 $M", raise = "10 $M", pool = "10 %" }
local gw = compute.tco { own = { capex = { it = "25.1 $bn/GW", facility = "12.9 $bn/GW" },
                                 life = { it = "5 yr", facility = "14 yr" },
                                 opex = "0.9 $bn/GW/yr" },
                         cloud = { price = "13.5 $bn/GW/yr" }, rate = "7 %/yr" }

-- What it is, what a module says, the figure, the digits that it has.
for _, row in ipairs {
  { "weighted average, 2 M shares at 1 $ after 10 M at 2 $", funding.anti_dilution(down),
    "1.8333 $/share", "0.00005 $/share" },
  { "full ratchet of the same", funding.anti_dilution(ratchet), "1 $/share", "0 $/share" },
  { "IPO, dilution by 100 M of 950 M shares", sold:dilution "IPO", "10.5263 %", "0.00005 %" },
  { "IPO, to the company after a spread of 4 %", sold:raised(), "1.92 $bn", "1 $" },
  { "IPO, market capitalisation", sold:post "IPO", "19 $bn", "1 $" },
  { "SAFE and pool in a round, price", pool:price "A", "3.9375 $/share", "0.00005 $/share" },
  { "SAFE and pool in a round, founders", pool:ownership "founders", "63 %", "0.00005 %" },
  { "convertible note of 25 k$ at a cap of 5 $M",
    funding.note { amount = "25 $k", cap = "5 $M", discount = "20 %", price = "5 $/share",
                   pre = "10 $M" }.shares, "10,000 share", "0.5 share" },
  { "most GW that 44 $bn a year rent, at 12", q "44 $bn/yr" / "12 $bn/GW/yr", "3.67 GW",
    "0.005 GW" },
  { "fewest, at 15", q "44 $bn/yr" / "15 $bn/GW/yr", "2.93 GW", "0.005 GW" },
  { "gross profit of 44 $bn through both channels", channels:gross_profit "44 $bn/yr",
    "22.44 $bn/yr", "1 $/yr" },
  { "what a GW of research at 15 leaves of it",
    channels:gross_profit "44 $bn/yr" - q "1 GW" * "15 $bn/GW/yr", "7.44 $bn/yr", "1 $/yr" },
  { "what 1.5 GW leave", channels:gross_profit "44 $bn/yr" - q "1.5 GW" * "15 $bn/GW/yr",
    "-0.06 $bn/yr", "1 $/yr" },
  { "a GW owned, per year", gw:annual "own", "8.5 $bn/GW/yr", "0.05 $bn/GW/yr" },
  { "accelerators of 50 MW at the meter",
    compute.accelerators { power = "50 MW", per_chip = "1 kW", overhead = 1.3, pue = 1.2 },
    "32,051", "0.5" },
} do
  local name, found, figure, digits = table.unpack(row)
  local off = chance(abs(found - figure):at_most(digits))
  check.is_true(off == 1, ("%s: %s, not %s"):format(name, found, figure))
end

check.done()
