-- What a script may call things: power of IT and at the meter, periods by label, options and
-- methods by their other names; shares are plain numbers.
local check = require "check"
horizon { from = "2026", to = "2029" }

-- --- Power at the meter says how much of IT it feeds by a PUE alone.

local function without_pue()
  return compute.fleet { online = "1 GW", rent_price = "9 $bn/GW/yr" }
end
for argument, give in pairs {
  ["fleet: online"] = function() compute.fleet { online = "1 GW_facility" } end,
  ["order: gw"] = function() without_pue():order(1, "1 GW_facility") end,
  ["rent: gw"] = function() without_pue():rent(1, "1 GW_facility") end,
  ["serve: demand"] = function() without_pue():serve(1, "1 GW_facility") end,
  ["allocate: training"] = function()
    without_pue():allocate(1, { training = "1 GW_facility" })
  end,
} do
  check.fails(argument .. " is power at the meter: give the fleet pue =, as in "
              .. "\"1.25 GW_facility/GW\"", give)
end
local metered = compute.fleet { online = "1.25 GW_facility", pue = 1.25 }
metered:order(1, "2.5 GW_facility")
check.equal(metered:online(1), "3 GW")
check.equal(metered:serve(1, "1.25 GW_facility"), "1 GW")
check.equal(metered:allocate(1, { training = "1.25 GW_facility" }).training, "1 GW")
check.equal(without_pue():facility(1), "1 GW_facility") -- what is left out is 1

-- --- 0 fits every unit.

local nothing = compute.fleet { online = 0, capex = 0, opex = 0, power_price = 0, rent_price = 0,
                                lead = 0 }
nothing:order(1, 0)
nothing:rent(1, 0, 0)
check.equal(nothing:online(1), "0 GW")
check.equal(nothing:serve(1, 0), "0 GW")
check.equal(nothing:allocate(1, { training = 0 }).training, "0 GW")
check.equal(compute.tokens { per_gw = "1e16 tok/GW/yr" }:served(0), "0 tok/yr")

-- --- Periods by label, as a cap table takes them.

local labelled = compute.fleet { capex = "38 $bn/GW", life = "5 yr", rent_price = "9 $bn/GW/yr" }
labelled:order("2027", "1 GW")
labelled:rent("2028", "1 GW", nil, { to = "2029" })
check.equal(labelled:online "2027", "1 GW")
check.equal(labelled:online(3), "2 GW")
check.equal(labelled:serve("2028", "3 GW"), "2 GW")
check.equal(labelled:allocate("2029", { training = "rest" }).training, "2 GW")
check.equal(labelled:depreciation "2029", "7.6 $bn/yr")
check.fails("order: t must be a period from 1 to 4, or its label, as in \"2029\", not \"2030\"",
            function() labelled:order("2030", "1 GW") end)
check.fails("online: t must be a period from 0 to 4, or its label, as in \"2029\", not 1.5",
            function() labelled:online(1.5) end)
check.fails("order: t is missing", function() labelled:order(nil, "1 GW") end)

-- --- Other names.

check.equal(compute.fleet { online = "1 GW", utilization = 0.5 }:serve(1, "1 GW"), "0.5 GW")
check.fails("give utilisation or utilization, which is the same, not both", function()
  compute.fleet { utilisation = 0.5, utilization = 0.5 }
end)
check.equal(compute.tokens { per_gw = "1e16 tok/GW/yr", utilization = 0.5 }:serve "1 GW",
            "5e15 tok/yr")
local tco = compute.tco { own = { capex = "4 $M", life = "4 yr" }, cloud = { price = "2 $M/yr" },
                          utilization = 0.25 }
check.equal(tco:annual "cloud", "0.5 $M/yr")
for _, name in ipairs { "break_even", "breakeven_utilisation", "break_even_utilisation",
                        "breakeven_utilization", "break_even_utilization" } do
  check.is_true(tostring(tco[name](tco)) == "0.5", name .. " is a plain number")
end

check.done()
