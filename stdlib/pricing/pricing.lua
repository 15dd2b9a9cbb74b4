-- What customers pay: schedules by quantity, subscriptions, commitments, tokens, menus among which
-- customers choose, and what channels and partners leave of it.

local partners = require "pricing/partners"

return module("pricing", "What customers pay, and what is left of it.", {
  require "pricing/tiers",
  require "pricing/subscription",
  require "pricing/commit",
  require "pricing/tokens",
  require "pricing/menu",
  require "pricing/modules",
  require "pricing/channels",
  partners.commission,
  partners.share,
  partners.revenue_share,
})
