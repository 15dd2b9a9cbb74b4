-- ends: error, "more than 100 coroutines close one another"
local last
for _ = 1, 1000 do
  local before = last
  last = coroutine.create(function()
    local x <close> = setmetatable({}, { __close = function()
      if before then
        local closed, why = coroutine.close(before)
        reason = reason or not closed and why
      end
    end })
    coroutine.yield()
  end)
  coroutine.resume(last)
end
coroutine.close(last)
error(reason, 0)
