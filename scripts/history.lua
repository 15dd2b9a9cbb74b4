-- What has happened so far: run rates, rounds, compute and prices of the labs until mid-2026.
--
-- A forecast that starts from nowhere is a wish. This script takes public figures, says what
-- they imply together (growth, multiples, dilution, revenue per GW, the fall of prices), and
-- checks the arithmetic of those who published them. Figures that sources dispute are ranges.
-- scripts/frontier_lab.lua starts from what comes out here.

local claims = require "parts/claims"
local words = require "parts/words"

settings { samples = 20000 }

-- Run rates. OpenAI: its CFO's series of year ends (Neowin, 2026-01) and mungomash.com for March
-- 2026. Anthropic: New York Times 2024-02-20, ChainCatcher, ainews-intentmesh, and the disputed
-- figures of March and May 2026.
local run_rate = assume("run_rate", {
  openai_2023     = { "2 $bn/yr", source = "OpenAI CFO, via Neowin 2026-01-18" },
  openai_2024     = { "5.5 to 6 $bn/yr",
                      source = "limex.media (without Microsoft) and OpenAI CFO" },
  openai_2025     = { "20 to 21 $bn/yr", source = "OpenAI CFO, via Neowin: \"20+\"" },
  openai_2026     = { "24 to 25 $bn/yr",
                      source = "mungomash.com, March; aiforautomation.io, February" },
  anthropic_2023  = { "0.1 $bn/yr", source = "New York Times 2024-02-20" },
  anthropic_2024  = { "1 $bn/yr", source = "ChainCatcher" },
  anthropic_2025  = { "9 $bn/yr", source = "ainews-intentmesh, December" },
  -- moat: allow unused-assumption: how far published figures lie apart
  anthropic_march = { "19 to 30 $bn/yr",
                      source = "Sacra 19; ainews-intentmesh 30; a rival's memo 22 net" },
  anthropic_2026  = { "44 to 47 $bn/yr",
                      source = "the essay of May 2026: 44; paddo.dev 45; chatforest.com 47" },
})

-- Compute. Year ends as OpenAI's CFO gave them; spending as Epoch AI models it.
local power = assume("compute", {
  openai_2023 = { "0.2 GW", source = "OpenAI CFO, via Neowin 2026-01-18" },
  openai_2024 = { "0.6 GW", source = "OpenAI CFO, via Neowin 2026-01-18" },
  openai_2025 = { "1.9 GW", source = "OpenAI CFO, via Neowin 2026-01-18" },
  spend_2025  = { "16.3 $bn/yr", source = "Epoch AI, gpu_hour_model" },
  gw_price    = { "12 to 15 $bn/GW/yr",
                  source = "How the AI Labs Make Profit (Maybe, Eventually), May 2026, comments" },
})

-- How fast revenue grew, as a factor per year (2026: until May) ----------------------------------

local grew = {
  openai_2024    = run_rate.openai_2024 / run_rate.openai_2023,
  openai_2025    = run_rate.openai_2025 / run_rate.openai_2024,
  anthropic_2024 = run_rate.anthropic_2024 / run_rate.anthropic_2023,
  anthropic_2025 = run_rate.anthropic_2025 / run_rate.anthropic_2024,
  anthropic_2026 = run_rate.anthropic_2026 / run_rate.anthropic_2025,
}
local function show_growth(name, label)
  -- moat: allow certain-output: some were published as one number
  output("growth." .. name, grew[name], { label = label .. ": run rate, times" })
end
show_growth("openai_2024", "OpenAI in 2024")
show_growth("openai_2025", "OpenAI in 2025")
show_growth("anthropic_2024", "Anthropic in 2024")
show_growth("anthropic_2025", "Anthropic in 2025")
show_growth("anthropic_2026", "Anthropic to May 2026")

-- What investors paid for a dollar of run rate, and what share they bought ----------------------

local rounds = { -- raise and post-money in $bn; the run rate of the time; sources
  { "OpenAI, Oct 2024", 6.6, 157, q "3.6 $bn/yr", "americanpulsenews.com" },
  { "OpenAI, Mar 2026", 122, 852, run_rate.openai_2026, "mungomash.com" },
  { "Anthropic, Sep 2025", 13, 183, q "5 $bn/yr", "WSJ via mnh.vc; Investing.com" },
  { "Anthropic, Feb 2026", 30, 380, q "14 $bn/yr", "The Guardian via discoverheadlines.com" },
  { "Anthropic, May 2026", 65, 965, run_rate.anthropic_2026, "noncemedia.com" },
}
local multiple, sold = {}, {}
for i, round in ipairs(rounds) do
  local name, raise, post, rate = round[1], round[2], round[3], round[4]
  local key = ("round.%d"):format(i)
  multiple[i], sold[i] = post * q "1 $bn" / rate, raise / post
  -- moat: allow constant-output: as published
  output(key .. ".multiple", multiple[i], { unit = "yr", label = name .. ": years of run rate" })
  -- moat: allow constant-output: as published
  output(key .. ".sold", q "1" * sold[i], { unit = "%", label = name .. ": share sold" })
end

-- Revenue per GW, and what a GW costs -----------------------------------------------------------

local per_gw = {}
for _, y in ipairs { 2023, 2024, 2025 } do
  local name = ("openai_%d"):format(y)
  per_gw[y] = run_rate[name] / power[name]
  -- moat: allow certain-output: some were published as one number
  output(("per_gw.year_%d"):format(y), per_gw[y],
         { unit = "$bn/GW/yr", label = ("OpenAI's run rate per GW, %d"):format(y) })
end
local paid = power.spend_2025 / ((power.openai_2024 + power.openai_2025) / 2)
local covered = per_gw[2025]:above(power.gw_price)
-- moat: allow certain-output: as published
output("paid_per_gw", paid, { unit = "$bn/GW/yr", label = "OpenAI's spending per GW, 2025" })
output("covered", covered, { label = "A GW earned its rent in 2025" })

-- The fall of prices ----------------------------------------------------------------------------

local fall = assume("fall", {
  a16z  = { "10", source = "a16z, Welcome to LLMflation: 60 to 0.06 $/Mtok in three years" },
  epoch = { "9 to 900", source = "Epoch AI, March 2025: by task",
            note = "40 for GPT-4's level on PhD science" },
})
local function half_life(factor) return log(q "2") / log(factor) * q "1 yr" end
-- moat: allow certain-output: as published
output("half_life.a16z", half_life(fall.a16z),
       { unit = "mo", label = "Half-life of a price, a16z" })
output("half_life.epoch", half_life(fall.epoch),
       { unit = "mo", label = "Half-life of a price, Epoch AI" })

-- In the report: what a GW has brought in, beside its rent.
report.chart {
  kind = "bars", title = "OpenAI's run rate per GW, and what a GW costs",
  { per_gw[2023], label = "2023" }, { per_gw[2024], label = "2024" },
  { per_gw[2025], label = "2025" }, { paid, label = "Paid in 2025" },
  { power.gw_price, label = "Rent" },
}
report.chart {
  kind = "bars", title = "Rounds: years of run rate",
  "round.1.multiple", "round.2.multiple", "round.3.multiple", "round.4.multiple",
  "round.5.multiple",
}

-- The published arithmetic, checked -------------------------------------------------------------

local bn = q "1 $bn"
claims.show("Published figures", {
  { "OpenAI, March 2026: pre-money plus raise", says = "852 $bn", is = 730 * bn + 122 * bn },
  { "Anthropic, February 2026: the same", says = "380 $bn", is = 350 * bn + 30 * bn },
  { "Anthropic's five deals of 2023-24", says = "7.3 $bn",
    is = (0.45 + 0.1 + 4 + 2 + 0.75) * bn },
  { "Valuation over run rate, May 2026", is = 900 * bn / "44 $bn/yr", unit = "yr",
    note = "the essay's 900 and 44" },
  { "OpenAI's run rate per GW, 2023", is = "2 $bn/yr" / q "0.2 GW", unit = "$bn/GW/yr" },
  { "OpenAI's run rate per GW, 2025", is = "20 $bn/yr" / q "1.9 GW", unit = "$bn/GW/yr" },
  { "What OpenAI paid for a GW, 2025", says = { "12 $bn/GW/yr", "15 $bn/GW/yr" },
    is = "16.3 $bn/yr" / q "1.25 GW", note = "the essay's price of a GW" },
  { "A price at constant quality, a year", says = "10",
    is = (q "60 $/Mtok" / "0.06 $/Mtok") ^ (1 / 3), note = "times lower: a16z" },
  { "Claude Opus 4.1 to 4.5, output", is = "75 $/Mtok" / q "25 $/Mtok", note = "times cheaper" },
  { "GPT-5 to GPT-5.5, input", is = "5 $/Mtok" / q "1.25 $/Mtok", note = "times dearer" },
  { "ChatGPT's payers, February 2026", is = q "50 M users" / "900 M users", unit = "%",
    note = "\"95 % free\"" },
  { "xAI Colossus 2, capital per GW", is = "44.0 $bn" / q "1.494 GW_facility",
    unit = "$bn/GW_facility", note = "at the meter: Epoch AI" },
})

-- What follows ----------------------------------------------------------------------------------

local function times(x) return ("%.2g"):format(words.median(x)) end
local function years(i) return ("%.0f"):format(words.median(multiple[i], "yr")) end
local function dollars(x) return words.money(words.median(x, "$bn/GW/yr")) end
local percent = words.percent
print(([[

Run rates grew %s and %s times in two years at OpenAI, %s and %s times at Anthropic (medians),
and %s times there in five months of 2026. The rounds sold %s to %s of a lab. They priced
OpenAI at %s years of run rate, then %s; Anthropic at %s, %s and %s. A GW of OpenAI's
brought in %s, %s and %s in 2023, 2024 and 2025. In 2025 it cost %s, and would
have earned the rent that the essay names in %s of cases. Where that is rare, growth alone makes
no profit: margin must come from price, from efficiency, or from better use.
]]):format(times(grew.openai_2024), times(grew.openai_2025), times(grew.anthropic_2024),
           times(grew.anthropic_2025), times(grew.anthropic_2026),
           percent(math.min(table.unpack(sold))), percent(math.max(table.unpack(sold))),
           years(1), years(2), years(3), years(4), years(5),
           dollars(per_gw[2023]), dollars(per_gw[2024]), dollars(per_gw[2025]), dollars(paid),
           percent(chance(covered))))
