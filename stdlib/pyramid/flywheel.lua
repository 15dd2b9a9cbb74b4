-- The data flywheel: use improves quality, which brings use, as a part of the module `pyramid`.
--
-- What quality has gained on its start, x, rises with use and is lost with time: dx/dt =
-- gain use (1 - x/L) - fade x, where L is the most that can be gained. With the use u of a period
-- this is linear and solved exactly: k = gain u/L + fade and x = x e^(-k dt) + gain u dt
-- (1 - e^(-k dt))/(k dt).
local over_time = require "shared/over_time"

local flywheel = {}

-- What use alone would add in a period.
local function push(s, t)
  local added = at(s.gain, t) * at(s.usage, t)
  if has_unit(added, "1/yr") then return added * dt end
  if has_unit(added, "1") then return added end
  fail("gain must be quality per unit of usage, as in \"2 %%/Ptok\" where usage is in Ptok/yr: "
       .. "gain is in %s, usage in %s", unit_of(s.gain), unit_of(s.usage))
end

local function next_gained(s, x, t)
  local added = push(s, t)
  local loss = added / (s.limit - s.start) + at(s.fade, t) * (dt / "1 yr")
  local spread = when(loss:above(0), (1 - exp(-loss)) / loss, 1)
  return x * exp(-loss) + added * spread
end

-- The quality of period t, which the use of the periods before has made.
local function quality(s, t)
  for i = #s.gained + 1, t - 1 do s.gained[i] = next_gained(s, s.gained[i - 1], i) end
  return s.start + s.gained[math.max(t - 1, 0)]
end

-- Without a horizon, quality is that of the start.
local function in_periods(t, value) return over_time.answer(t, value, 0) end

local t = over_time.period

local example = [[horizon { from = "2026", periods = 3 }
local fly = pyramid.flywheel { usage = "5 Ptok/yr", gain = "2 %%/Ptok" }; print(%s)]]

local new = class("flywheel", "Quality that grows with use.", {
  { "quality", "the quality in a period, which the use of the periods before has made",
    takes = { t }, example = example:format "fly:quality()", result = "2026: 1 ... 2028: 1.2\n",
    call = function(s, period)
      return in_periods(period, function(p) return quality(s, p) end)
    end },
  { "lift", "what quality makes of a price, a conversion or a demand: x times the quality over "
    .. "that of the start, to the power of the elasticity",
    takes = { { "x", "", "what it is at the quality of the start" }, t,
              { "elasticity", "1", "by how many % x rises with 1 % of quality", default = "1" } },
    example = example:format [[fly:lift("10 $/Mtok", 3)]], result = "12 $/Mtok\n",
    call = function(s, x, period, elasticity)
      return in_periods(period, function(p)
        return at(x, p) * (quality(s, p) / s.start) ^ at(elasticity, p)
      end)
    end },
})

function flywheel.new(o)
  if (known(o.limit - o.start) or 1) <= 0 then
    fail "limit must be above start: the highest quality that data can lead to"
  end
  return new { usage = o.usage, gain = o.gain, start = o.start, limit = o.limit, fade = o.fade,
               gained = { [0] = o.start * 0 } }
end

return flywheel
