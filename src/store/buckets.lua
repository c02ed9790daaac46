-- Mails that are counted together, against limits of two kinds: tokens that come evenly, and quotas of an hour or a day.
local SECOND, MINUTE, HOUR, DAY = 1000, 60000, 3600000, 86400000

-- `now` in ms; `isPlan` = about who comes next, which promises nothing, and has tokens of its own; `isLetter` = may have what is kept.
-- A bucket has n and limits: most, period ms (or startDay, first, growth), and says, what to call it.
local function openBuckets(now, isPlan, isLetter)
  local function isPaced(limit) return limit.most and limit.period <= MINUTE end
  local function perMs(limit) return limit.most / limit.period end
  -- What a second brings; the promise has two more, of which one is kept for letters.
  local function capacityOf(limit, plans) return plans and math.max(1, perMs(limit) * SECOND) or perMs(limit) * SECOND + 2 end
  local function tokenField(limit, plans) return (plans and 'plan:' or 'take:') .. limit.period end

  local function setTokens(key, limit, plans, tokens)
    redis.call('HSET', key, tokenField(limit, plans), string.format('%.17g %.17g', tokens, now))
  end

  local function tokensOf(key, limit, plans)
    local capacity = capacityOf(limit, plans)
    local stored = redis.call('HGET', key, tokenField(limit, plans))
    if not stored then return capacity end
    local tokens, at = stored:match('^(%S+) (%S+)$')
    tokens, at = tonumber(tokens), tonumber(at)
    -- A clock that was set back must not stop the mail for as long.
    if at > now then setTokens(key, limit, plans, tokens) end
    return math.min(capacity, tokens + math.max(0, now - at) * perMs(limit))
  end

  -- A sliding window in slots. The oldest one counts until the last moment of it is out.
  local function slotMs(limit) return limit.period == DAY and 10 * MINUTE or MINUTE end
  local function slotField(limit, slot) return 'slot:' .. limit.period .. ':' .. string.format('%.0f', slot) end
  local function sumField(limit) return 'sum:' .. limit.period end

  local function setWindow(key, limit, sum, first)
    redis.call('HSET', key, sumField(limit), string.format('%.0f %.0f', sum, first))
  end

  local function windowOf(key, limit)
    local slot = math.floor(now / slotMs(limit))
    local sum, first = (redis.call('HGET', key, sumField(limit)) or '0 ' .. string.format('%.0f', slot)):match('^(%S+) (%S+)$')
    sum, first = tonumber(sum), tonumber(first)
    local oldest = math.floor((now - limit.period) / slotMs(limit))
    local isOver = first < oldest
    while first < oldest do
      sum = sum - (tonumber(redis.call('HGET', key, slotField(limit, first))) or 0)
      redis.call('HDEL', key, slotField(limit, first))
      first = first + 1
    end
    if isOver then setWindow(key, limit, sum, first) end
    return { sum = sum, first = first, slot = slot }
  end

  local function addToWindow(key, limit, n)
    local window = windowOf(key, limit)
    redis.call('HINCRBY', key, slotField(limit, window.slot), n)
    setWindow(key, limit, window.sum + n, math.min(window.first, window.slot))
  end

  local function msUntilSlotLeaves(key, limit)
    local window = windowOf(key, limit)
    for slot = window.first, window.slot do
      if tonumber(redis.call('HGET', key, slotField(limit, slot)) or '0') > 0 then
        return (slot + 1) * slotMs(limit) + limit.period - now
      end
    end
    return slotMs(limit)
  end

  -- The warm-up's day is UTC's.
  local today = math.floor(now / DAY)
  local function mostToday(limit) return math.floor(limit.first * limit.growth ^ math.max(0, math.min(400, today - limit.startDay))) end
  local function sentToday(key)
    local day, n = (redis.call('HGET', key, 'day') or '0 0'):match('^(%S+) (%S+)$')
    return tonumber(day) == today and tonumber(n) or 0
  end

  -- A twentieth of a quota is kept for letters.
  local function keptForLetters(most) return (isLetter or most < 2) and 0 or math.ceil(most / 20) end

  local function roomIn(key, limit)
    if limit.growth then return mostToday(limit) - keptForLetters(mostToday(limit)) - sentToday(key) end
    if not isPaced(limit) then return limit.most - keptForLetters(limit.most) - windowOf(key, limit).sum end
    local kept = (isPlan or isLetter) and 0 or 1
    return tokensOf(key, limit, isPlan) - kept
  end

  local function msUntilRoom(key, limit, room)
    if room >= 1 then return 0 end
    if limit.growth then return (today + 1) * DAY - now end
    if not isPaced(limit) then return msUntilSlotLeaves(key, limit) end
    return (1 - room) / perMs(limit)
  end

  -- How much room all limits of a bucket leave, and which of them keeps one waiting longest.
  local function lookInto(bucket, key)
    local seen = { room = math.huge, wait = 0, step = 0 }
    for _, limit in ipairs(bucket.limits) do
      local room = roomIn(key, limit)
      local wait = msUntilRoom(key, limit, room)
      if room < seen.room or wait > seen.wait then seen.says = limit.says end
      seen.room = math.min(seen.room, room)
      seen.wait = math.max(seen.wait, wait)
      if isPaced(limit) then seen.step = math.max(seen.step, 1 / perMs(limit)) end
    end
    seen.room = math.max(0, math.floor(seen.room))
    return seen
  end

  local function countIn(bucket, key, n)
    local kept = 10 * MINUTE
    for _, limit in ipairs(bucket.limits) do
      if isPaced(limit) then
        if not isPlan then setTokens(key, limit, false, tokensOf(key, limit, false) - n) end
        -- Nobody plans letters; what they take is not there for the others.
        if isPlan or isLetter then
          local tokens = tokensOf(key, limit, true) - n
          setTokens(key, limit, true, math.max(-capacityOf(limit, true), math.min(capacityOf(limit, true), tokens)))
        end
      elseif limit.growth then
        if not isPlan then redis.call('HSET', key, 'day', string.format('%.0f %.0f', today, sentToday(key) + n)) end
        kept = math.max(kept, 2 * DAY)
      else
        if not isPlan then addToWindow(key, limit, n) end
        kept = math.max(kept, 2 * limit.period)
      end
    end
    redis.call('PEXPIRE', key, kept)
  end

  -- How far a series may be ahead of another one.
  local function aheadAtMost(bucket)
    local most = math.huge
    for _, limit in ipairs(bucket.limits) do
      if isPaced(limit) then most = math.min(most, capacityOf(limit, true) / 4) end
    end
    return most == math.huge and 25 or math.max(1, most)
  end

  return { lookInto = lookInto, countIn = countIn, aheadAtMost = aheadAtMost }
end
