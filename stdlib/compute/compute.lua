-- Computing capacity: what is ordered and rented, what it serves, what it costs.

local fleet = require "compute/fleet"
local token_rate = require "compute/tokens"
local tco = require "compute/tco"
local annuity = require "compute/annuity"
local electricity = require "compute/electricity"

return module("compute", "capacity, what it serves, and what it costs", {
  fleet.description,
  token_rate.description,
  tco.description,
  { "annuity", "What a sum costs per year over a life at an interest rate: "
      .. "capex r/(1 - (1 + r)^-n), and capex/n at a rate of 0.",
    takes = { { "capex", "", "the sum, or a price such as $bn/GW" },
              { "life", "yr", "over how long", range = "positive" },
              { "rate", "", "per year", kind = "rate" } },
    options = { { "compounding", "", "how it is paid; \"monthly\" takes a twelfth of the rate a "
                    .. "month",
                  kind = "word", words = { "annual", "monthly" }, default = "annual" } },
    example = [[print(compute.annuity("25.1 $bn/GW", "5 yr", "7 %/yr"):as "$bn/GW/yr")]],
    result = "6.12166 $bn/GW/yr\n",
    call = function(capex, life, rate, o) return annuity.of(capex, life, rate, o.compounding) end },
  { "accelerators", "How many accelerators a site's power at the meter can run: "
      .. "power/(per_chip * overhead * pue). Not rounded.",
    options = {
      { "power", "", "of the site, at the meter: \"50 MW\" or \"50 MW_facility\"", required = true,
        range = "not negative" },
      { "per_chip", "", "power of one accelerator: \"1 kW\", or with a unit of its own "
        .. "\"1 kW/gpu\"", required = true, range = "positive" },
      { "overhead", "1", "for the rest of the server and the network, on top of each",
        default = "1", range = "positive" },
      { "pue", "", "power at the meter per power of IT; left out: 1", range = "positive" },
    },
    example = [[print(floor(compute.accelerators {
  power = "50 MW", per_chip = "1 kW", overhead = 1.3, pue = 1.2 }))]],
    result = "32051\n",
    call = electricity.accelerators },
  { "energy", "The cost of the electricity of capacity that runs all the time: gw * pue * price.",
    takes = { { "gw", "", "of IT" },
              { "pue", "", "power at the meter per power of IT", range = "positive" },
              { "price", "", "of electricity, at the meter" } },
    example = [[print(compute.energy("1 GW", 1.25, "0.0826 $/kWh"):as "$bn/yr")]],
    result = "0.905089 $bn/yr\n",
    call = electricity.cost },
})
