-- Cap tables under a horizon: what has been asked stays as it was told, when money comes that was
-- raised at the opening, ownership through time, notes, exits that are refused.
local check = require "check"

horizon { from = "2026-Q1", periods = 12 }

local function founders() return funding.captable { founders = "8 M share", pool = "1 M share" } end

-- --- A series is an answer about all periods: no event may change it any more.

local function lender()
  local t = founders()
  t:debt { name = "loan", at = 1, amount = "1 $M", rate = "8 %/yr", term = "2 yr",
           covenant = q "1":above(2) }
  return t
end
local exits = grow("20 $M", "10 %/yr")
for question, ask in pairs {
  raised = function(t) return t:raised() end,
  proceeds = function(t) return t:proceeds "founders" end,
  balance = function(t) return t:balance() end,
  ["balance of one"] = function(t) return t:balance "loan" end,
  interest = function(t) return t:interest() end,
  payments = function(t) return t:payments() end,
  breach = function(t) return t:breach() end,
  waterfall = function(t) return t:waterfall(exits) end,
  history = function(t) return t:history "founders" end,
} do
  local t = lender()
  ask(t)
  for _, at in ipairs { 2, 12 } do
    local done, message = pcall(function()
      t:round { name = "A", at = at, pre = "9 $M", raise = "1 $M" }
    end)
    check.is_true(not done and message:find("has been asked about the end of 2028-Q4: write the "
                                            .. "event before the question", 1, true) ~= nil,
                  ("an event of period %d after %s: %s"):format(at, question, message))
  end
end
local t = lender()
check.equal(t:raised(3), "0 $M") -- a period is an answer about what it was until then
t:round { name = "A", at = 4, pre = "9 $M", raise = "1 $M" }
check.equal(t:raised():sum(), "2 $M")

-- --- Without `at` an event is of the opening: shares are there at once, the money of it comes in
-- the first period. At 0 it is over: the money is in what the company starts with.

t = founders()
t:safe { name = "S", amount = "0.5 $M", cap = "10 $M" }
t:round { name = "seed", pre = "9 $M", raise = "1 $M" }
t:debt { name = "loan", amount = "2 $M", rate = "8 %/yr" }
t:secondary { seller = "founders", buyer = "fund", shares = "1 M share", price = "1 $/share" }
check.equal(t:ownership("seed", 0), "10 %")
check.equal(t:raised(0), "0 $M")
check.equal(t:raised(1), "3.5 $M")
check.equal(t:raised():sum(), "3.5 $M")
check.equal(t:proceeds("founders", 1), "1 $M")
check.equal(t:proceeds("founders"):sum(), "1 $M")
check.equal(t:balance("loan", 0), "2 $M")
check.equal(t:interest("loan", 1), "0.04 $M")
local cash = series("$M", { [0] = "1 $M" })
for p in periods() do cash[p] = cash[p - 1] + t:raised(p) - t:payments(p) end
check.equal(cash[1], "4.46 $M")

t = founders()
t:round { name = "seed", at = 0, pre = "9 $M", raise = "1 $M" }
t:round { name = "A", pre = "10 $M", raise = "2 $M" } -- at the same time as what is before it
t:round { name = "B", at = "2026-Q1", pre = "24 $M", raise = "4 $M" }
check.equal(t:raised(0), "3 $M")
check.equal(t:raised(1), "4 $M")
check.equal(t:raised():sum(), "4 $M")

-- --- Ownership through time.

t = founders()
t:round { name = "A", at = 3, pre = "9 $M", raise = "1 $M" }
local lucky = assume("luck", "uniform(0, 1) 1"):above(0.5)
t:round { name = "B", at = 6, when = lucky, pre = "20 $M", raise = "5 $M" }
local all = t:history()
local owned = series("%", function(p) return t:ownership("founders", p) end)
check.same(t:history "founders", owned)
check.same(all.founders, owned)
check.equal(all.A[2], 0)
check.equal(all.A[3], "10 %")
check.same(all.founders + all.A + all.B + all.pool, 1 + 0 * owned)
check.fails("history: there is no holder \"fouders\"", function() t:history "fouders" end)
check.is_true(tostring(all.A[3]) == "0.1", "ownership is a plain number")

-- --- Notes: interest under either name, of the period where it varies over periods.

local function note(options)
  local n = funding.captable { founders = "9 M share" }
  options.name, options.at, options.amount, options.cap = "N", 1, "1 $M", options.cap or "9 $M"
  n:note(options)
  n:round { name = "A", at = 5, pre = "18 $M", raise = "2 $M" }
  return n:shares "N"
end
check.same(note { rate = "8 %/yr" }, note { interest = "8 %/yr" })
check.always((note { rate = "8 %/yr" }):above(note {}))
check.fails("note: give interest or rate, which is the same, not both", function()
  note { rate = "8 %/yr", interest = "8 %/yr" }
end)
local owed = funding.note { amount = "1 $M", price = "1 $/share", rate = "8 %/yr", held = "1 yr" }
check.equal(owed.owed, "1.08 $M")
check.fails("give interest or rate", function()
  funding.note { amount = "1 $M", price = "1 $/share", rate = "8 %/yr", interest = "8 %/yr" }
end)
local rising = series("$M", function(p) return (8 + p) * q "1 $M" end)
check.same(note { cap = rising }, note { cap = "9 $M" }) -- that of the period in which it is issued

-- --- Exits.

check.fails("waterfall: exit must be 0 or more, not -5 $M", function() t:waterfall "-5 $M" end)
check.fails("waterfall: exit must be 0 or more, not -5 $M", function()
  funding.waterfall { exit = "-5 $M", common = { shares = 1 } }
end)
local w = t:waterfall(q "normal(1, 5) $M") -- what may be below 0 counts as 0 there
check.always(w.founders:at_least(0))
check.fails("nobody called \"Founders\" is paid: there are A, B, founders and pool",
            function() return w.Founders end)
local _, message = pcall(function() return t:waterfall("5 $M").Founders end)
check.is_true(select(2, message:gsub("moat:", "")) <= 1, "one prefix: " .. message)

check.done()
