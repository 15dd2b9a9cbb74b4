-- Deliveries in stages: which share of an order arrives how long after it.

local stages = {}

local function read_stage(stage, i)
  local what = ("stages[%d]"):format(i)
  if type(stage) ~= "table" then
    fail("%s must be a table such as { share = \"40 %%\", after = \"12 mo\" }, not %s", what, stage)
  end
  local share, after = stage.share or stage[1], stage.after or stage.lead or stage[2]
  if not share or not after then
    fail("%s lacks its %s: write { share = \"40 %%\", after = \"12 mo\" }", what,
         share and "after" or "share")
  end
  return { share = in_unit(share, q "1", what .. ".share"),
           lead = in_unit(after, q "1 yr", what .. ".after") }
end

-- A number of equal stages over the lead time, the last at its end. `spreads` remembers those of a
-- lead: orders that share it share their stages, and so their cohorts.
local function spread(count, lead, spreads)
  local key = known(lead) or lead
  local of_lead = spreads[key] or {}
  spreads[key] = of_lead
  if not of_lead[count] then
    local list = {}
    for i = 1, count do list[i] = { share = q(1 / count), lead = lead * (i / count) } end
    of_lead[count] = list
  end
  return of_lead[count]
end

local function last_of(list)
  local last = list[1].lead
  for _, stage in ipairs(list) do last = max(last, stage.lead) end
  return last
end

-- Refuses a lead time, which may be nil, beside stages that say when each of them arrives.
function stages.check_lead(given, lead)
  if not lead or type(given) ~= "table" then return end
  fail("give lead or stages with their times, not both: the last of the stages arrives after %s, "
       .. "whatever lead is; write stages = %d for equal ones over the lead time",
       last_of(stages.read(given)), #given)
end

-- stages = 3, or a list of { share, after }: a list of { share, lead }.
function stages.read(given, lead, spreads)
  if given == nil then return { { share = q(1), lead = lead } } end
  if type(given) == "number" then
    if given < 1 or given ~= math.floor(given) then
      fail("stages must be a whole number from 1, or a list, not %s", given)
    end
    return spread(math.tointeger(given), lead, spreads)
  end
  if type(given) ~= "table" or #given == 0 then
    fail("stages must be a number, or a list such as { { share = \"40 %%\", after = \"12 mo\" }, "
         .. "... }, not %s", given)
  end
  local list, sum = {}, 0
  for i, stage in ipairs(given) do
    list[i] = read_stage(stage, i)
    sum = sum + list[i].share
  end
  if known(sum) and math.abs(known(sum) - 1) > 1e-9 then
    fail("the shares of the stages must add up to 100 %%, not %s", (sum * 1):as "%")
  end
  return list
end

return stages
