-- ends: error, "C stack overflow"
function nest(n)
  coroutine.wrap(function()
    local x <close> = setmetatable({}, { __close = function() if n > 0 then nest(n - 1) end end })
    error "x"
  end)()
end
nest(1e6)
