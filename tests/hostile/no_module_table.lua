-- refused: "cannot be set"
pricing.tiers = nil
