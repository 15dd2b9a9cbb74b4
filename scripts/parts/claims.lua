-- Published figures beside what a script recomputes from its assumptions.
--
--   claims.show("The essay", {
--     { "Gross profit", says = "22 $bn/yr", is = gross_profit, note = "before research" },
--     { "Spend on compute", says = { "12 $bn/yr", "25 $bn/yr" }, is = { low, high } },
--     { "Revenue per GW", is = revenue / capacity, unit = "$bn/GW/yr" },
--   })
--
-- What a figure is off by is said in per cent of what was published, end by end; one that lies
-- within a published range is "inside". A row without `says` is worked out from what was
-- published; where all are, there is nothing to compare and no column for it.

local claims = {}

local function pair(x)
  if type(x) == "table" then return x[1], x[2] end
  return x, x
end

local function short(x)
  if x == 0 then return "0" end
  return (math.abs(x) < 1e4 and "%.4g" or "%.0f"):format(x)
end

-- "12 to 22.5", or one number where both ends are the same.
local function range(low, high)
  low, high = short(low), short(high)
  return low == high and low or low .. " to " .. high
end

local function in_unit(x, unit) return summary(q(x):as(unit)).mean end

local function off(published, found)
  if published == 0 then return "" end
  local part = found / published - 1
  return math.abs(part) < 0.0005 and "0 %" or ("%+.1f %%"):format(100 * part)
end

-- How far what was found is from what was published, both from a low to a high end; one figure is
-- inside a range, or off by its distance from the nearer end.
local function distance(from, to, low, high)
  if low == high and from < to then
    if from <= low and low <= to then return "inside" end
    return off(low < from and from or to, low)
  end
  local first, last = off(from, low), off(to, high)
  return first == last and first or first .. ", " .. last
end

local function cells(row)
  local low, high = pair(row.is)
  local unit, said, by = row.unit, "-", ""
  if row.says then
    local from, to = pair(row.says)
    unit = unit or summary(q(from)).unit
    from, to = in_unit(from, unit), in_unit(to, unit)
    said = range(from, to)
    by = distance(from, to, in_unit(low, unit), in_unit(high, unit))
  end
  unit = unit or "1"
  local found = range(in_unit(low, unit), in_unit(high, unit))
  return { row[1], said, found, unit == "1" and "" or unit, by, row.note or "" }
end

-- Left or right, in so many characters.
local function fill(text, width, right)
  local space = (" "):rep(width - utf8.len(text))
  return right and space .. text or text .. space
end

local NAME, SAID, FOUND, UNIT, OFF, NOTE = 1, 2, 3, 4, 5, 6
local on_the_right = { [SAID] = true, [FOUND] = true, [OFF] = true }

function claims.show(title, rows)
  local lines, compared = { { title, "published", "recomputed", "", "off by", "" } }, false
  for i, row in ipairs(rows) do
    lines[i + 1] = cells(row)
    compared = compared or row.says ~= nil
  end
  local columns = compared and { NAME, SAID, FOUND, UNIT, OFF, NOTE } or { NAME, FOUND, UNIT, NOTE }
  local width = {}
  for _, c in ipairs(columns) do
    width[c] = 0
    for _, line in ipairs(lines) do width[c] = math.max(width[c], utf8.len(line[c])) end
  end
  print("")
  for _, line in ipairs(lines) do
    local parts = {}
    for i, c in ipairs(columns) do parts[i] = fill(line[c], width[c], on_the_right[c]) end
    print((table.concat(parts, "  "):gsub("%s+$", "")))
  end
end

return claims
