-- What the tests of the library's modules share. A test is a script that makes claims and ends
-- with check.done(), which fails where one did not hold.
--
--   local check = require "check"
--   check.equal(tiers:charge "15 Mtok", "115 $")
--   check.always(a:above(b))                        in every sample
--   check.fails('price must be', function() pricing.tiers { ... } end)
--   check.done()

local check = {}
local claims, failures = 0, {}

local function claim(holds, format, ...)
  claims = claims + 1
  if not holds then failures[#failures + 1] = format:format(...) end
  return holds
end

-- The line of the test that is being run: the first that is none of this file's.
local function place()
  for level = 2, 20 do
    local _, message = pcall(error, "", level + 2)
    local file, line = message:match("([^/]*):(%d+):")
    if line and file ~= "check.lua" then return line end
  end
  return "?"
end

local function is_series(x) return pcall(function() return #x end) and type(x) == "userdata" end

local function mean(x)
  if type(x) == "number" then return x end
  return summary(x).mean
end

-- Both are the same, to a part of 1e-9 or to what is given as the error allowed. What is expected
-- may be a number, a literal, or for a series a list of them.
function check.equal(found, expected, allowed)
  local line = place()
  if type(expected) == "table" then
    for t, value in ipairs(expected) do
      local difference = found[t] - value
      local size = math.abs(mean(q(value) * 1))
      local off = math.abs(mean(difference))
      claim(off <= (allowed and mean(q(allowed) * 1) or 1e-9 * math.max(size, 1e-12)),
            "line %s: period %d is %s, not %s", line, t, found[t], value)
    end
    return
  end
  local wanted = q(expected)
  local off, size = math.abs(mean(found - wanted)), math.abs(mean(wanted * 1))
  if allowed then
    claim(off <= math.abs(mean(q(allowed) * 1)), "line %s: %s, not %s within %s", line, found,
          expected, allowed)
  else
    claim(off <= 1e-9 * size or off <= 1e-12, "line %s: %s, not %s", line, found, expected)
  end
end

-- A condition holds in every sample, and in every period of a series.
function check.always(condition)
  local line = place()
  local p = chance(condition)
  if type(p) ~= "table" then p = { p } end
  for t = 1, #p do
    claim(p[t] == 1, "line %s: holds in %.4g of the samples%s", line, p[t],
          #p > 1 and (" of period %d"):format(t) or "")
  end
end

-- Two quantities are the same in every sample, to a part of their size.
function check.same(a, b, part)
  local allowed = part or 1e-9
  local size = max(abs(a), abs(b))
  check.always(abs(a - b):at_most(allowed * size) | size:equals(0))
end

-- It varies over the samples, and every figure of its summary is a finite number.
function check.varies(x)
  local s = summary(x)
  local function finite(n) return n == n and math.abs(n) < math.huge end
  claim(s.sd > 0 and finite(s.sd) and finite(s.mean) and finite(s.min) and finite(s.max),
        "line %s: varies with sd %s around %s", place(), s.sd, s.mean)
end

function check.is_true(value, what)
  claim(value == true, "line %s: %s", place(), what or "is not true")
end

-- An error whose message has this text in it, which is not a pattern.
function check.fails(text, f)
  local line = place()
  local done, message = pcall(f)
  if claim(not done, "line %s: nothing failed; expected %s", line, text) then
    claim(tostring(message):find(text, 1, true) ~= nil, "line %s: failed with\n    %s\n  and not\n    %s",
          line, message, text)
  end
end

-- Every option of a function accepts an uncertain value, which reaches the result, and refuses
-- another unit, naming the option: make(options) returns a scalar quantity that depends on them all.
-- `uncertain` has a range for each, `base` the values of the others.
function check.options(make, base, uncertain, wrong)
  local line = place()
  local names = {}
  for name in pairs(uncertain) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    local options = {}
    for key, value in pairs(base) do options[key] = value end
    options[name] = uncertain[name]
    local done, result = pcall(make, options)
    if claim(done, "line %s: %s = %s fails: %s", line, name, uncertain[name], result) then
      local s = summary(result)
      claim(s.sd > 0 and s.mean == s.mean, "line %s: %s = %s does not reach the result (sd %s)", line,
            name, uncertain[name], s.sd)
    end
    options[name] = (wrong or {})[name] or "7 request^3"
    local refused, message = pcall(make, options)
    claim(not refused and tostring(message):find(name, 1, true), "line %s: %s = %s is %s", line,
          name, options[name], refused and "accepted" or ("refused with " .. tostring(message)))
  end
end

function check.done()
  for _, failure in ipairs(failures) do print(failure) end
  if #failures > 0 then error(("%d of %d checks failed"):format(#failures, claims), 0) end
  print(("%d checks, all hold"):format(claims))
end

return check
