-- The type `captable`, and how one is made of shares by holder.
local ledger = require "funding/ledger"
local events = require "funding/events"
local questions = require "funding/questions"

local methods = table.move(events, 1, #events, 1, {})
table.move(questions, 1, #questions, #methods + 1, methods)

local make = class("captable", "Who holds how many shares of a company, through SAFEs, notes, "
  .. "rounds, sales and an IPO. Each event may say at which period it happens and on "
  .. "what condition, and gives the table back, so that events can be chained", methods)

local captable = {}

-- A plain number is so many shares.
local function read_shares(name, value)
  if type(value) == "number" then return value * q "1 share" end
  return in_unit(value, q "1 share", name)
end

function captable.new(holders)
  if type(holders) ~= "table" then
    fail("it takes a table of shares by holder, as in { founders = \"8 M share\" }")
  end
  local common, preferred, unit = {}, {}, nil
  for name, value in pairs(holders) do
    if type(name) ~= "string" then
      fail("holders have names: write founders = %s", tostring(value))
    end
    if type(value) == "table" then
      local options = { name = name }
      for option, given in pairs(value) do options[option] = given end
      preferred[#preferred + 1] = options
    else
      common[#common + 1] = { name, read_shares(name, value) }
      unit = unit or unit_of(common[#common][2])
    end
  end
  if #common == 0 then fail("nobody has shares: write founders = \"8 M share\"") end
  local books = ledger.new(unit)
  local class, total = ledger.add_class(books, "common"), nil
  for _, each in ipairs(common) do
    ledger.give(books, 0, each[1], class, each[2])
    total = total and total + each[2] or each[2]
  end
  ledger.set(books.total, 0, total)
  local object = make(books)
  books.object = object
  for _, options_of_class in ipairs(preferred) do object:class(options_of_class) end
  return object
end

return captable
