-- Readers on a detour: they are sent issues again that they have missed, and go on where they were after that. For each there is a list of
-- places: where they stand (or are held), the issues that follow, and last where they go on. This is put before the scripts that move readers.
local function openDetours(detours, counts)
  local opened = {}
  local isAny = redis.call('EXISTS', detours) == 1

  function opened.of(id)
    local stored = isAny and redis.call('HGET', detours, id)
    return stored and cjson.decode(stored) or nil
  end

  local function tally(way, n)
    redis.call('HINCRBY', counts, way[1] .. ':onDetour', n)
    for i = 2, #way - 1 do redis.call('HINCRBY', counts, way[i] .. ':detourAhead', n) end
    redis.call('HINCRBY', counts, way[#way] .. ':detourEnd', n)
  end

  -- A way that is absent, or has only its end left, is none.
  function opened.change(id, way)
    local before = opened.of(id)
    if before then tally(before, -1) end
    if way and #way > 1 then
      tally(way, 1)
      redis.call('HSET', detours, id, cjson.encode(way))
      isAny = true
    elseif before then
      redis.call('HDEL', detours, id)
    end
  end

  -- Where a reader goes when the issue they stand at is settled: `otherwise`, unless they are on a detour.
  function opened.onwards(id, otherwise)
    local way = opened.of(id)
    if not way then return otherwise end
    table.remove(way, 1)
    opened.change(id, way)
    return way[1]
  end

  return opened
end
