-- What a script may call things, what is a plain number, and mistakes that would have passed in
-- silence: shares that nobody has, rounds that are written twice.
local check = require "check"
horizon { from = "2026", to = "2029" }

local function founders() return funding.captable { founders = "8 M share", pool = "1 M share" } end

-- --- Shares of a whole are plain numbers.

local t = founders()
t:round { name = "A", pre = "9 $M", raise = "1 $M" }
check.is_true(summary(t:ownership "founders").mean == 0.8, "ownership is a plain number")
check.is_true(tostring(t:ownership().A) == "0.1", "ownership of all is plain")
check.is_true(tostring(t:dilution "A") == "0.1", "the dilution of a round is plain")
check.is_true(tostring(t:history("A")[4]) == "0.1", "a history is plain")
check.is_true(tostring(funding.dilution("2 $M", "8 $M")) == "0.2", "dilution is plain")
local public = founders()
public:ipo { price = "1 $/share", primary = "1 M share" }
check.is_true(tostring(public:dilution()) == "0.1", "the dilution of an IPO is plain")

-- --- 0 fits every unit.

check.is_true(tostring(funding.runway("2 $M", 0)) == "inf yr", "nothing is burnt")
check.equal(funding.runway(0, "1 $M/yr"), "0 yr")

-- --- Events can be chained.

local chained = founders():safe { amount = "1 $M", cap = "9 $M" }
                          :round { name = "A", pre = "9 $M", raise = "1 $M" }
check.equal(chained:ownership "A", 0.1)
check.is_true(chained:grant { shares = "1 M share" }
                     :secondary { seller = "founders", shares = "1 M share" }
                     :debt { amount = "1 $M" } == chained, "an event gives the table")

-- --- Nobody sells what he has not.

for seller, sell in pairs {
  ["founders has 8 M share and cannot sell 9 M share"] = function(c)
    c:secondary { seller = "founders", shares = "9 M share", price = "1 $/share" }
  end,
  ["founders has 8 M share and cannot sell 10 M share"] = function(c)
    c:secondary { seller = "founders", amount = "20 $M", price = "2 $/share" }
  end,
  ["ipo: the sellers have 8 M share and cannot sell 9 M share"] = function(c)
    c:ipo { price = "1 $/share", secondary = "9 M share" }
  end,
} do
  check.fails(seller, function() sell(founders()) end)
end
local sold = founders()
sold:secondary { from = "founders", to = "fund", shares = "8 M share", price = "1 $/share" }
check.equal(sold:shares "fund", "8 M share")
sold:secondary { from = "fund", shares = "9 M share", price = "1 $/share", when = q(0):above(1) }
sold:secondary { from = "fund", shares = "uniform(7, 9) M share", price = "1 $/share" }
check.always(sold:shares("fund"):at_least(0)) -- where it varies, at most what there is
check.equal(q "1 share" * chance(sold:shares("fund"):equals(0)), "0.5 share", "0.02 share")

-- --- A round of the same name adds to its class in a later period, and not twice at one time.

local again = founders()
again:round { name = "A", at = "2027", pre = "9 $M", raise = "1 $M" }
again:round { name = "A", at = "2028", pre = "9 $M", raise = "1 $M" }
check.fails("there is a round \"A\" at this time already, in 2028: give this one another name, or "
            .. "say with `at` in which later period it adds to the class",
            function() again:round { name = "A", pre = "9 $M", raise = "1 $M" } end)
local opening = founders()
opening:round { name = "seed", pre = "9 $M", raise = "1 $M" }
check.fails("there is a round \"seed\" at this time already, at the opening",
            function() opening:round { name = "seed", pre = "9 $M", raise = "1 $M" } end)

-- --- A raise of nothing is no round; at a given price it closes.

local none = founders()
none:safe { name = "S", amount = "1 $M", cap = "9 $M" }
none:round { name = "A", pre = "7 $M", raise = 0 }
check.equal(none:price "A", "0 $/share")
check.equal(none:shares "S", "0 share")
none:round { name = "B", price = "1 $/share", raise = 0 }
check.equal(none:price "B", "1 $/share")
check.equal(none:shares "S", "1.125 M share")

-- --- Other names.

local function exits(options)
  local c = funding.captable { founders = "8 M share" }
  options.name, options.pre, options.raise = "A", "8 $M", "2 $M"
  c:round(options)
  return c
end
check.equal(exits { liquidation_preference = 2 }:waterfall("10 $M").A, "4 $M")
check.equal(exits { pref = 2 }:waterfall("10 $M").A, "4 $M")
check.equal(exits { participation_cap = 2 }:waterfall("15 $M").A, "4 $M")
check.equal(exits { cap = "4 $M" }:waterfall("15 $M").A, "4 $M")
check.varies(exits { cap = "4 to 5 $M" }:waterfall("15 $M").A)
check.equal(exits {}:waterfall("5 $M").A, "2 $M")
check.fails("give preference or liquidation_preference, which is the same, not both",
            function() exits { preference = 1, liquidation_preference = 2 } end)
check.fails("give liquidation_preference or pref, which is the same, not both",
            function() exits { liquidation_preference = 1, pref = 2 } end)
check.fails("cap must be a multiple of the money put in, or money",
            function() exits { cap = "3 yr" } end)
local existing = funding.captable { founders = "8 M share", A = { shares = "2 M share",
  invested = "2 $M", participation_cap = "4 $M" } }
check.equal(existing:waterfall("15 $M").A, "4 $M")
local cut = exits { market = funding.market { limit = "1 $M" } }
check.equal(cut:raised(1), "1 $M")
check.equal(exits { market = funding.market { limit = "1 $M" }, cap = "1.5 $M" }
            :waterfall("15 $M").A, "1.66667 $M", "1e-4 $M") -- converting is more

local c = founders()
c:safe { name = "S", raise = "1 $M", cap = "9 $M" }
c:note { name = "N", raise = "1 $M" }
check.equal(c:raised(1), "2 $M")
for kind, add in pairs { safe = c.safe, note = c.note } do
  check.fails(kind .. ": amount is missing: what is paid, as in \"1 $M\"",
              function() add(c, { cap = "9 $M" }) end)
end
check.fails("seller is missing: who sells",
            function() founders():secondary { shares = "1 share" } end)
local listed = founders()
listed:ipo { price = "1 $/share", raise = "1 $M" }
check.equal(listed:raised(1), "1 $M")

check.done()
