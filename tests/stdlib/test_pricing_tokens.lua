-- Prices of tokens: published prices and requests, several models, prices that fall, identities
-- over uncertain options, what is refused.
local check = require "check"

local function of(input, output, o)
  o = o or {}
  o.input, o.output = input .. " $/Mtok", output .. " $/Mtok"
  return pricing.tokens(o)
end
check.equal(of(0.4, 1.6):charge { input = "1 Mtok", output = "1 Mtok" }, "2 $")
check.equal(of(1.75, 14):charge { input = "100 Mtok/mo", output = "25 Mtok/mo" }, "525 $/mo")
local gpt4o = of(2.5, 10, { batch_discount = "50 %" })
local documents = { input = 2000, output = 500, requests = 100000 }
check.equal(gpt4o:charge(documents), "1000 $")
documents.batch_share = "100 %"
check.equal(gpt4o:charge(documents), "500 $")
documents.batch_share, documents.requests = nil, "100000 request/day"
check.equal(gpt4o:charge(documents), "1000 $/day")
documents.input, documents.output = "2000 tok/request", "500 tok/request"
check.equal(gpt4o:charge(documents), "1000 $/day")
documents.requests = nil
check.equal(gpt4o:charge(documents), "0.01 $/request")

local sonnet = pricing.tokens { input = "3 $/Mtok", output = "15 $/Mtok", cached = "0.3 $/Mtok",
                                write = "3.75 $/Mtok", batch_discount = "50 %" }
local request = { input = 1000, write = 2000, cached = 100000, output = 1000 }
check.equal(sonnet:charge(request), "0.0555 $")
request.batch_share = 1
check.equal(sonnet:charge(request), "0.02775 $")
check.equal(sonnet:charge { input = 103000, output = 1000 }, "0.324 $")
check.equal(sonnet:charge { input = "1 Mtok", output = "0.2 Mtok", batch_share = 1 }, "3 $")
-- `input` is all of the input where a share of it is read from the cache.
local gemini = of(1.25, 2.5, { cached = "10 %" })
check.equal(gemini:charge { input = 1500, cached = 10000, output = 11000 }, "0.030625 $")
check.equal(gemini:charge { input = 11500, cached_share = 10000 / 11500, output = 11000 },
            "0.030625 $")
check.equal(of(0.5, 8, { cached = "0.05 $/Mtok" })
            :charge { input = "1 Mtok", cached_share = "80 %", output = "0.5 Mtok" }, "4.14 $")
-- Without prices of their own, cached tokens and those written to the cache cost what input does.
check.equal(of(3, 15):charge { cached = "1 Mtok", write = "1 Mtok" }, "6 $")
check.equal(sonnet:blended(), "6 $/Mtok")
check.equal(sonnet:blended { input_output = 1 }, "9 $/Mtok")
check.equal(sonnet:blended { input_output = 1e9, cached_share = "80 %" }, "0.84 $/Mtok",
            "1e-6 $/Mtok")

local mixed = { sonnet = { input = "3 $/Mtok", output = "15 $/Mtok" },
                haiku = { input = "1 $/Mtok", output = "5 $/Mtok", batch_discount = "50 %" } }
local list = pricing.tokens { models = mixed, mix = { sonnet = "70 %", haiku = "30 %" } }
check.equal(list:price "input", "2.4 $/Mtok")
check.equal(list:price "output", "12 $/Mtok")
check.equal(list:charge { input = "3 Mtok", output = "1 Mtok" }, "19.2 $")
check.equal(list:charge { input = "3 Mtok", output = "1 Mtok", model = "haiku" }, "8 $")
check.equal(list:charge { input = "1 Mtok", batch_share = 1 }, "2.25 $")
check.equal(list:model "haiku":price "output", "5 $/Mtok")
mixed.mix = { sonnet = 7, haiku = 3 }
check.equal(pricing.tokens(mixed):price "input", "2.4 $/Mtok")

horizon { from = "2026-01", periods = 12 }
-- Prices that fall: a tenth a year, -30 % a year. The first period has those that are given.
local falling = of(60, 60, { decline = "90 %/yr" })
check.equal(falling:price("input", 1), "60 $/Mtok")
check.equal(falling:price("input", 7), q "60 $/Mtok" * 0.1 ^ 0.5)
check.equal(falling:price "input"[12], falling:price("input", 12))
local slow = of(3, 15, { decline = "30 %/yr" })
check.equal(slow:charge { input = "1 Mtok/mo", t = 12 }, q "3 $/mo" * 0.7 ^ (11 / 12))
check.equal(slow:charge { input = "1 Mtok/mo" }[12], q "3 $/mo" * 0.7 ^ (11 / 12))
check.equal(slow:charge { input = grow("1 Mtok/mo", 0) }[1], "3 $/mo")
-- One model's prices may fall and another's not.
mixed.sonnet.decline = "50 %/yr"
check.equal(pricing.tokens(mixed):price("input", 1), "2.4 $/Mtok")
check.equal(pricing.tokens(mixed):price("input", 7), q "1 $/Mtok" * (0.7 * 3 * 0.5 ^ 0.5 + 0.3))

local p = assume { input = "2 to 4 $/Mtok", output = "10 to 20 $/Mtok", hit = "30 to 70 %",
                   batch = "10 to 40 %" }
local unsure = pricing.tokens { input = p.input, output = p.output, cached = "10 %",
                                batch_discount = "50 %" }
check.same(unsure:charge { input = "2 Mtok/mo", output = "1 Mtok/mo", cached_share = p.hit,
                           batch_share = p.batch },
           (p.input * "2 Mtok/mo" * (1 - 0.9 * p.hit) + p.output * "1 Mtok/mo")
           * (1 - 0.5 * p.batch))
check.options(function(o)
  return pricing.tokens { input = o.input, output = o.output, cached = o.cached, write = o.write,
                          batch_discount = o.batch_discount, decline = o.decline }
         :charge { input = "1 Mtok", output = "1 Mtok", cached = "1 Mtok", write = "1 Mtok",
                   batch_share = "50 %", t = 6 }
end, { input = "3 $/Mtok", output = "15 $/Mtok", cached = "0.3 $/Mtok", write = "4 $/Mtok",
       batch_discount = "50 %", decline = "30 %/yr" },
     { input = "2 to 4 $/Mtok", output = "10 to 20 $/Mtok", cached = "0.1 to 0.5 $/Mtok",
       write = "3 to 5 $/Mtok", batch_discount = "40 to 60 %", decline = "10 to 50 %/yr" })
local function refuses(text, f) check.fails(text, f) end
refuses("input is missing", function() pricing.tokens {} end)
refuses("output of a is missing", function() pricing.tokens { a = { input = "3 $/Mtok" } } end)
refuses("input of a must be money per tokens", function()
  pricing.tokens { models = { a = { input = "3 $", output = "3 $/Mtok" } } }
end)
refuses("there is no option \"inputs\" of a", function()
  pricing.tokens { models = { a = { inputs = "3 $/Mtok" } } }
end)
refuses("model is missing", function()
  pricing.tokens { a = { input = "3 $/Mtok", output = "3 $/Mtok" } }:price "input"
end)
refuses("there is no model \"opus\"", function() list:model "opus" end)
refuses("mix: the weights add up to 0", function()
  pricing.tokens { a = { input = "3 $/Mtok", output = "3 $/Mtok" }, mix = { a = 0 } }
end)
refuses("there is no model \"opus\"", function()
  pricing.tokens { a = { input = "3 $/Mtok", output = "3 $/Mtok" }, mix = { opus = 1 } }
end)
refuses("there are prices both with and without a model", function()
  pricing.tokens { input = "3 $/Mtok", output = "3 $/Mtok", a = { input = "3 $/Mtok",
                   output = "3 $/Mtok" } }
end)
refuses("there are no tokens", function() sonnet:charge {} end)
-- What is used is tokens, by whatever, all by the same; 0 goes with all.
for _, kind in ipairs { "input", "output", "cached", "write" } do
  refuses(kind .. " must be tokens, as in \"3 Mtok/mo\", not GW", function()
    sonnet:charge { [kind] = "3 GW" }
  end)
  for _, wrong in ipairs { "3 $", "3 GW" } do
    refuses(kind .. " must be money per tokens", function()
      local o = { input = "3 $/Mtok", output = "15 $/Mtok" }
      o[kind] = wrong
      pricing.tokens(o)
    end)
  end
end
refuses("output must be tokens, as in Mtok", function()
  sonnet:charge { input = "1 Mtok", output = "1 Mtok/mo" }
end)
check.equal(sonnet:charge { input = 0, output = "1 Mtok/mo" }, "15 $/mo")
check.equal(sonnet:charge { input = q "2 GW" * "3 Ttok/GW/yr" }, "18 $M/yr")
unit "document"
check.equal(sonnet:charge { input = "1000 tok/document" }, "0.003 $/document")
-- What is sent in batches, by either name; several models at once.
check.equal(sonnet:charge { input = "1 Mtok", output = "0.2 Mtok", batch = "50 %" }, "4.5 $")
check.equal(sonnet:blended { batch = 1 }, "3 $/Mtok")
refuses("batch and batch_share are the same", function()
  sonnet:charge { input = 1, batch = 1, batch_share = 1 }
end)
local both = pricing.tokens {
  sonnet = { input = "3 $/Mtok", output = "15 $/Mtok", batch_discount = "50 %" },
  haiku = { input = "1 $/Mtok", output = "5 $/Mtok", cached = "10 %" } }
check.equal(both:charge { sonnet = { input = "1 Mtok/mo", output = "1 Mtok/mo" },
                          haiku = { input = "2 Mtok/mo" } }, "20 $/mo")
check.equal(both:charge { batch = "50 %", cached_share = "50 %",
                          sonnet = { input = "1 Mtok", output = "1 Mtok" },
                          haiku = { input = "2 Mtok", batch = "10 %", cached_share = 0 } },
            "15.5 $")
check.equal(both:charge { sonnet = { input = 1000, requests = 1e6 } }, "3000 $")
refuses("there is no model \"opus\"", function() both:charge { opus = { input = 1 } } end)
refuses("there are no tokens of haiku", function() both:charge { haiku = {} } end)
refuses("input stands beside models", function()
  both:charge { input = 1, haiku = { input = 1 } }
end)
refuses("the charge of sonnet must be", function()
  both:charge { haiku = { input = "1 Mtok" }, sonnet = { input = "1 Mtok/mo" } }
end)
check.done()
