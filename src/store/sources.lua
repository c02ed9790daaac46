-- Where readers come from is the same for thousands of them: it is written once for each partition, and theirs is `#<number>`. This is put
-- before the scripts that write it.
local function openSources(sources)
  -- Whoever invents sources, of the pages that ask for sign-ups, fills no memory of ours but their own readers'.
  local MOST_SOURCES = 1000
  return function(source)
    -- One with an address in it goes with its reader.
    if source:find('@', 1, true) then return source end
    local number = redis.call('HGET', sources, '=' .. source)
    if not number then
      number = redis.call('HLEN', sources) / 2 + 1
      local isWorthIt = number <= MOST_SOURCES and #source > #tostring(number) + 1
      -- What begins like a number of ours must not be taken for one.
      if not isWorthIt and source:sub(1, 1) ~= '#' then return source end
      redis.call('HSET', sources, '=' .. source, number, '#' .. number, source)
    end
    return '#' .. number
  end
end
