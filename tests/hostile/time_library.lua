-- ends: time
while true do pricing.tiers { { upto = 10, price = "5 $" }, { price = "3 $" } }:charge(5) end
