-- Modular prices: a base that every customer pays, and add-ons that a part of them take.

local units = require "pricing/units"
local of_period = units.of_period

local function read_money(self, o)
  local prices = { o.base }
  for _, row in ipairs(o.rows) do prices[#prices + 1] = row.price end
  self.money, self.shown, self.each = units.first_money(prices)
  if not self.money then
    fail("base is missing: what every customer pays, as in \"20 $/user/mo\"")
  end
end

local function read(o)
  local self = { parts = {}, by_name = {} }
  read_money(self, o)
  self.parts[1] = { name = "base", attach = q(1), units = q(1),
                    price = units.of_customer(o.base, self.money, "base"),
                    cost = units.of_customer(o.base_cost, self.money, "base_cost") }
  for k, row in ipairs(o.rows) do
    local name = row.name or "add-on " .. k
    if self.by_name[name] or name == "base" then fail("the name \"%s\" is taken", name) end
    local part = { name = name, attach = row.attach, units = row.units,
                   price = units.of_customer(row.price, self.money, "price of " .. name),
                   cost = units.of_customer(row.cost, self.money, "cost of " .. name) }
    self.parts[k + 1], self.by_name[name] = part, part
  end
  self.by_name.base = self.parts[1]
  return self
end

local function per_customer(self, part, what, t)
  return of_period(part[what], t) * of_period(part.units, t) * of_period(part.attach, t)
end

local function sum(self, what, t)
  local total = constant_like(0, self.money)
  for _, part in ipairs(self.parts) do total = total + per_customer(self, part, what, t) end
  return units.show(total * ("1 " .. self.each), self.shown)
end

local function arpu(self, t) return sum(self, "price", t) end

local function average_cost(self, t) return sum(self, "cost", t) end

local gross_margin, revenue, cost = units.per_customer(arpu, average_cost)

local function contribution(self, name, users, t)
  local part = self.by_name[name]
  if not part then fail("there is no module \"%s\"", name) end
  local each = units.show(per_customer(self, part, "price", t) * ("1 " .. self.each), self.shown)
  return units.times(each, of_period(users, t), "users")
end

local period = { "t", "", "the period; by default all", kind = "period", optional = true }
local users = { "users", "", "all customers", range = "not negative" }

local suite = [[local suite = pricing.modules { base = "20 $/user/mo",
  { name = "agents", price = "30 $/user/mo", attach = "25 %" },
  { name = "search", price = "10 $/user/mo", attach = "40 %" } }
]]

local bundle = class("bundle", "A base and add-ons, made by pricing.modules.", {
  { "arpu", "average revenue per user: base and add-ons by their attach rates", takes = { period },
    call = arpu, example = suite .. "print(suite:arpu())", result = "31.5 $/user/mo\n" },
  { "average_cost", "the cost per customer", takes = { period }, call = average_cost },
  { "gross_margin", "1 - cost/revenue; 0 where nothing is sold", takes = { period },
    call = gross_margin },
  { "revenue", "users x arpu", takes = { users, period }, call = revenue,
    example = suite .. [[print(suite:revenue "2 M users")]], result = "63 $M/mo\n" },
  { "cost", "users x average cost", takes = { users, period }, call = cost },
  { "contribution", "the revenue of one module, \"base\" or an add-on",
    takes = { { "name", "", "of the module", kind = "text" }, users, period },
    call = contribution, example = suite .. [[print(suite:contribution("agents", 1000))]],
    result = "7500 $/mo\n" },
})

return {
  "modules", "modular prices: a base, and add-ons each taken by a part of the customers",
  options = {
    { "base", "", "what every customer pays, as in \"20 $/user/mo\"", default = "0" },
    { "base_cost", "", "of serving a customer of the base", default = "0" },
  },
  rows = {
    { "name", "", "of the add-on", kind = "text" },
    { "price", "", "of one of it", required = true },
    { "attach", "1", "the part of customers who take it", default = "1", range = "share" },
    { "units", "1", "how many of it a customer takes who does, such as seats", default = "1",
      range = "not negative" },
    { "cost", "", "of one of it", default = "0" },
  },
  example = [[local contract = pricing.modules { base = "99 $/mo",
  { name = "seats", price = "15 $/mo", units = 10 }, { name = "audit", price = "50 $/mo" } }
print(contract:arpu())]],
  result = "299 $/mo\n",
  call = function(o) return bundle(read(o)) end,
}
