-- End deliveries of one issue: move each reader on, count, remember. A token that is not the latest settles nothing.
-- KEYS  plan, waiting, claims, counts, suppressed, held
-- ARGV  clock offset ms, revision, series, issue, waiting prefix, subscriber prefix, rate prefix,
--       then id, token, kind, next place, due ms, reason for each;
--       kind = accepted | rejected | dead | deferred | uncertain | held | released
-- Returns {'stale-plan'} | {'ok', 1 or 0 for each}
local plan, waiting, claims, counts, suppressed, held = unpack(KEYS)
local revision, series, issue, waitingPrefix, subscriberPrefix, ratePrefix = unpack(ARGV, 2)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
if redis.call('HGET', plan, 'revision') ~= revision then return { 'stale-plan' } end

local totals = {}
local function count(place, what)
  local field = place .. ':' .. what
  totals[field] = (totals[field] or 0) + 1
end

-- An erased reader must not come back as a hash with nothing but history in it.
local function remember(id, ...)
  local subscriber = subscriberPrefix .. id
  if redis.call('EXISTS', subscriber) == 1 then redis.call('HSET', subscriber, ...) end
end

local historyField = 'issue:' .. series .. ':' .. issue

local function moveOn(id, outcome, nextPlace, due, reason)
  redis.call('HDEL', claims, id)
  count(issue, outcome)
  redis.call('ZADD', waitingPrefix .. nextPlace, due, id)
  count(nextPlace, 'entered')
  remember(id, historyField, outcome .. ' ' .. now .. (reason and reason ~= '' and ' ' .. reason or ''))
end

local function waitHere(id, due, claim)
  -- The token ends with the settlement: a renewal or a second settlement on its way must not undo it.
  claim.token = nil
  redis.call('HSET', claims, id, cjson.encode(claim))
  redis.call('ZADD', waiting, due, id)
end

local function noteUncertain(id)
  local subscriber = subscriberPrefix .. id
  if redis.call('EXISTS', subscriber) == 1 then redis.call('HINCRBY', subscriber, 'uncertain:' .. series .. ':' .. issue, 1) end
end

local settle = {
  accepted = function(id, claim, nextPlace, due) moveOn(id, 'accepted', nextPlace, due) end,
  rejected = function(id, claim, nextPlace, due, reason) moveOn(id, 'rejected', nextPlace, due, reason) end,
  dead = function(id, claim, _, _, reason)
    redis.call('HDEL', claims, id)
    count(issue, 'rejected')
    totals['ended'] = (totals['ended'] or 0) + 1
    redis.call('HSET', suppressed, id, cjson.encode({ reason = reason, at = now }))
    remember(id, historyField, 'rejected ' .. now .. ' ' .. reason, 'series:' .. series, 'ended ' .. now .. ' rejected')
  end,
  deferred = function(id, claim, _, due)
    claim.attempt = claim.attempt + 1
    claim.state = 'deferred'
    count(issue, 'deferred')
    waitHere(id, due, claim)
  end,
  uncertain = function(id, claim, _, due)
    claim.attempt = claim.attempt + 1
    claim.state = 'uncertain'
    claim.doubted = true
    count(issue, 'uncertain')
    noteUncertain(id)
    waitHere(id, due, claim)
  end,
  held = function(id, claim)
    claim.doubted = true
    redis.call('HDEL', claims, id)
    redis.call('HSET', held, id, cjson.encode(claim))
    noteUncertain(id)
    count(issue, 'uncertain')
    count(issue, 'held')
    remember(id, historyField, 'held ' .. now)
  end,
  released = function(id, claim, _, due)
    if claim.state == 'submitting' then claim.state = 'deferred' end
    waitHere(id, due, claim)
  end,
}

local flags = { 'ok' }
local accepted = 0
for i = 8, #ARGV, 6 do
  local id, token, kind, nextPlace, due, reason = unpack(ARGV, i, i + 5)
  local stored = redis.call('HGET', claims, id)
  local claim = stored and cjson.decode(stored)
  -- ZREM first: it frees memory, so that a script that starts at maxmemory may finish.
  local isOurs = claim and tostring(claim.token) == token and redis.call('ZREM', waiting, id) == 1
  if isOurs then
    settle[kind](id, claim, nextPlace, due, reason)
  elseif kind == 'accepted' and claim and tostring(claim.token) == token then
    -- The reader left while the mail went over: they are out, and they have had it.
    redis.call('HDEL', claims, id)
    remember(id, historyField, 'accepted ' .. now)
  end
  if isOurs and kind == 'accepted' then accepted = accepted + 1 end
  flags[#flags + 1] = isOurs and 1 or 0
end

for field, n in pairs(totals) do redis.call('HINCRBY', counts, field, n) end
if accepted > 0 then
  local minute = ratePrefix .. math.floor(now / 60000)
  redis.call('INCRBY', minute, accepted)
  redis.call('PEXPIRE', minute, 180000)
end
return flags
