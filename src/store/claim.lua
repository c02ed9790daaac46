-- Take readers who are due for an issue: check consent, note a fencing token, and push their due time to the end of the lease.
-- KEYS  plan, waiting, claims, suppressed, counts, sequence, held, detours, codes
-- ARGV  clock offset ms, revision, series, issue, limit, lease ms, rendered hash, subscriber prefix, resend|hold,
--       waiting prefix, place after the issue, when it was asked for (ms, '' = no matter),
--       the issues behind this one as a JSON list, if readers may have had one of them, prefix of those who stand apart
-- Returns {'stale-plan'} | {'closed'} | {'ok', {id, token, attempt, datedAt, firstTriedAt, rendered, name, address, pace or '', round}…}
local plan, waiting, claims, suppressed, counts, sequence, held = unpack(KEYS)
local detours, history = openDetours(KEYS[8], counts), openHistory(KEYS[9])
local revision, series, issue, limit, lease, rendered, subscriberPrefix, onUncertain, waitingPrefix, nextPlace, askedAt, later, apartPrefix = unpack(ARGV, 2)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])

-- Sent again after an outage it would come ahead of outcomes that wait for Redis as well, and take their readers for orphans.
local MOST_LATE_MS = 2000
if askedAt ~= '' and now - tonumber(askedAt) > MOST_LATE_MS then return { 'closed' } end

local planned = redis.call('HMGET', plan, 'revision', 'state', 'startAt', 'release:' .. issue)
if planned[1] ~= revision then return { 'stale-plan' } end
if planned[2] ~= 'running' or tonumber(planned[3]) > now then return { 'closed' } end
if planned[4] and tonumber(planned[4]) > now then return { 'closed' } end

local function count(what) redis.call('HINCRBY', counts, issue .. ':' .. what, 1) end

local function apart(kind) return apartPrefix .. kind .. ':' .. issue end

local function standApartNoMore(id)
  redis.call('ZREM', apart('deferred'), id)
  redis.call('ZREM', apart('doubted'), id)
end

local function skip(id, subscriber, membership)
  redis.call('ZREM', waiting, id)
  redis.call('HDEL', claims, id)
  standApartNoMore(id)
  detours.change(id, nil)
  count('suppressed')
  if membership and membership:sub(1, 6) == 'active' then
    redis.call('HSET', subscriber, 'issue:' .. series .. ':' .. issue, 'skipped ' .. now,
      'series:' .. series, 'ended ' .. now .. ' suppressed')
    redis.call('HINCRBY', counts, 'ended', 1)
    redis.call('HINCRBY', counts, 'bounced', 1)
  end
end

local laterIssues = cjson.decode(later)

-- Whoever has had this issue, before it was taken out and put back for one, or one that comes behind it. Who is on a detour has, and is sent
-- this one all the same.
local function isPast(id, subscriber, had)
  if had == 'accepted' then return true end
  if #laterIssues == 0 or detours.of(id) then return false end
  for _, behind in ipairs(laterIssues) do
    if history.outcomeOf(subscriber, series .. ':' .. behind) == 'accepted' then return true end
  end
  return false
end

-- They go on without it; that they never had it is remembered.
local function passOn(id, subscriber, had)
  redis.call('ZREM', waiting, id)
  redis.call('HDEL', claims, id)
  standApartNoMore(id)
  count('skipped')
  local place = detours.onwards(id, nextPlace)
  redis.call('ZADD', waitingPrefix .. place, now, id)
  redis.call('HINCRBY', counts, place .. ':entered', 1)
  if not had then redis.call('HSET', subscriber, 'passed:' .. series .. ':' .. issue, now) end
end

-- A record of this very delivery from an earlier claim; one that was never submitted leaves nothing to repeat.
local function earlierClaim(id)
  local stored = redis.call('HGET', claims, id)
  if not stored then return nil end
  local claim = cjson.decode(stored)
  if claim.issue == issue and claim.tried then return claim end
  standApartNoMore(id)
  return nil
end

local function recordUncertain(id, subscriber, claim)
  count('uncertain')
  claim.doubted = true
  claim.reply = 'the worker was gone before it knew the answer'
  redis.call('HINCRBY', subscriber, 'uncertain:' .. series .. ':' .. issue, 1)
  standApartNoMore(id)
  if onUncertain ~= 'hold' then
    redis.call('ZADD', apart('doubted'), now, id)
    return false
  end
  redis.call('ZREM', waiting, id)
  redis.call('HDEL', claims, id)
  redis.call('HSET', held, id, cjson.encode(claim))
  redis.call('HSET', subscriber, 'issue:' .. series .. ':' .. issue, 'held ' .. now)
  count('held')
  return true
end

local function take(id, claim, name, address)
  local token = redis.call('INCR', sequence)
  claim = claim or { attempt = 1, datedAt = now, firstTriedAt = now, rendered = rendered, name = name, issue = issue }
  claim.token = token
  claim.state = 'claimed'
  claim.missed = nil
  -- A repeat must have the same bytes: it keeps the name and the rendering it first went out with.
  redis.call('HSET', claims, id, cjson.encode(claim))
  redis.call('ZADD', waiting, now + lease, id)
  return { id, tostring(token), claim.attempt, claim.datedAt, claim.firstTriedAt, claim.rendered, claim.name, address }
end

-- A worker that lives may have been kept from renewing: Redis was away, or its clock was set forward. What it is sending just now
-- must not go out twice, so it has one more lease to renew or settle; only then it is taken for dead.
local function missOnce(id, claim)
  claim.missed = true
  redis.call('HSET', claims, id, cjson.encode(claim))
  redis.call('ZADD', waiting, now + lease, id)
end

-- The token of an earlier claim ends with the pause: a worker that comes late must not send during it.
local function rest(id, claim, untilMs)
  if claim then
    -- The doubt is on record now: it must not be counted again when the pause is over.
    claim.state = claim.state == 'submitting' and 'uncertain' or 'deferred'
    claim.token = nil
    redis.call('HSET', claims, id, cjson.encode(claim))
  else
    redis.call('HDEL', claims, id)
  end
  redis.call('ZADD', waiting, untilMs, id)
end

local taken = { 'ok' }
for _, id in ipairs(redis.call('ZRANGEBYSCORE', waiting, '-inf', now, 'LIMIT', 0, limit)) do
  local subscriber = subscriberPrefix .. id
  local fields = redis.call('HMGET', subscriber, 'address', 'name', 'series:' .. series, 'paused:' .. series,
    'pace:' .. series, 'round:' .. series, 'issue:' .. series .. ':' .. issue, 'h', 'h+', 'h1')
  local address, name, membership, pausedUntil, pace, round = unpack(fields, 1, 6)
  local had = history.outcomeIn(subscriber, series .. ':' .. issue, unpack(fields, 7, 10))
  local claim = earlierClaim(id)
  local isSubmitting = claim and claim.state == 'submitting'
  if isSubmitting and not claim.missed then
    missOnce(id, claim)
  elseif isSubmitting and recordUncertain(id, subscriber, claim) then
    -- Stays held until the operator decides.
  elseif not address or not membership or membership:sub(1, 6) ~= 'active'
    or redis.call('HEXISTS', suppressed, id) == 1 then
    skip(id, subscriber, membership)
  elseif isPast(id, subscriber, had) then
    passOn(id, subscriber, had)
  elseif pausedUntil and tonumber(pausedUntil) > now then
    rest(id, claim, pausedUntil)
  else
    local delivery = take(id, claim, name or '', address)
    delivery[#delivery + 1] = pace or ''
    delivery[#delivery + 1] = round or '0'
    taken[#taken + 1] = delivery
  end
end
return taken
