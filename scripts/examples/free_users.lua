-- One idea: a question, its assumptions with sources, an answer with its uncertainty.
--
-- When 95 % of users pay nothing, what must the others pay to cover the cost of inference?

local meigu = "Meigu Yanjiushe, 2026-02-26"

local a = assume {
  users     = { "800 to 1000 M users",
                source = "ChatGPT weekly users: findarticles.com (Oct 2025), ciol.com (Feb 2026)" },
  paying    = { "5 to 6 %", source = meigu .. ": 95 % free; 50M of 900M: ciol.com" },
  inference = { "8.4 $bn/yr", source = meigu .. ": OpenAI in 2025" },
  free_use  = { "pert(10, 35, 80) %",
                note = "a judgement: use of a free user against a paying one; rate limits keep it "
                       .. "below 100 %" },
  margin    = { "60 %", source = meigu .. ": the market's expectation" },
}

local payers = a.users * a.paying
local free   = a.users - payers

-- Cost follows use: a paying user's own, and that of the free users each one carries.
local units_of_use = payers + free * a.free_use
local own_cost     = a.inference / units_of_use
local full_cost    = a.inference / payers
local with_margin  = full_cost / (1 - a.margin)

output("carried", free / payers, { label = "Free users per paying user" })
output("own_cost", own_cost, { unit = "$/user/mo", label = "A payer's own inference" })
output("break_even_price", full_cost,
       { unit = "$/user/mo", label = "Price that covers all inference" })
output("target_price", with_margin, { unit = "$/user/mo", label = "Price for the target margin" })
output("twenty_is_enough", full_cost:below "20 $/user/mo",
       { label = "$20 a month covers inference" })
