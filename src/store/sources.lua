-- Where readers come from is the same for thousands of them: it is written once for each partition, and theirs is `#<number>`. This is put
-- before the scripts that write it.
local function openSources(sources)
  -- Whoever invents sources, of the pages that ask for sign-ups, fills no memory of ours but their own readers'.
  local MOST_SOURCES = 1000
  return function(source)
    -- One with an address in it goes with its reader.
    if source:find('@', 1, true) then return source end
    local number = redis.call('HGET', sources, source)
    if not number then
      number = redis.call('HLEN', sources) / 2 + 1
      if number > MOST_SOURCES or #source < #tostring(number) + 2 then return source end
      redis.call('HSET', sources, source, number, '#' .. number, source)
    end
    return '#' .. number
  end
end
