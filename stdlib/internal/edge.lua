-- What an edge is worth once others hold it too. All values are relative to that of one holder.
--
--   inverse   all holders together 1/n, each 1/n^2: the essay's claim that an edge is worth less in
--             proportion to its holders, and is then split among them
--   kyle      together 2 sqrt(n)/(n + 1): identical informed traders in Kyle's auction
--             (Holden and Subrahmanyam 1992; Admati and Pfleiderer 1988)
--   cournot   each 4/(n + 1)^2: Cournot's oligopoly with linear demand
--   a number  together n^-k: 0 is a plain split, 1 is inverse

local edge = {}

edge.option = { "decay", "", "how the value of the edge falls with the number of its holders: "
                .. "\"inverse\", \"kyle\", \"cournot\", or the exponent k of a total n^-k",
                kind = "any", default = "inverse" }

local shares = {
  inverse = function(n) return 1 / n ^ 2 end,
  kyle = function(n) return 2 / (n ^ 0.5 * (n + 1)) end,
  cournot = function(n) return 4 / (n + 1) ^ 2 end,
}

-- The function from a number of holders to the value of each that an option decay stands for.
function edge.share(decay)
  if shares[decay] then return shares[decay] end
  if type(decay) == "string" and not decay:find("%d") then
    fail('decay must be "inverse", "kyle", "cournot" or an exponent such as 0.5, not "%s"', decay)
  end
  local exponent = in_unit(decay, q "1", "decay")
  return function(n) return n ^ -(exponent + 1) end
end

-- The edge is held by one at least.
function edge.each(share, n)
  return share(max(n, 1))
end

function edge.total(share, n)
  return max(n, 1) * edge.each(share, n)
end

return edge
