-- Put readers into a series. Idempotent: who is in already stays where they are.
-- KEYS  plan, suppressed, counts, claims
-- ARGV  clock offset ms, revision ('0' = no plan yet), series, waiting prefix, subscriber prefix, prefix of those who stand apart, consent source,
--       may come back (1) or only by consenting after having left (0), issues as a JSON list in order, each with its id and whether
--       it is retired, then id, address, name, consent ms, place, due ms ('' = now), pace ('' = the series' own), language ('' = not said) for each
-- Returns {'stale-plan'} | {'ok', added | known | rejoined | left (and did not agree anew) | suppressed for each}
local plan, suppressed, counts, claims = unpack(KEYS)
local revision, series, waitingPrefix, subscriberPrefix, apartPrefix, source, mayComeBack = unpack(ARGV, 2)
local issues = cjson.decode(ARGV[9])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
if (redis.call('HGET', plan, 'revision') or '0') ~= revision then return { 'stale-plan' } end

-- Who comes back goes on after what they have had, or may have had when the operator wanted no second copy: nothing is sent twice.
local function placeAgain(subscriber, place)
  if place == '@start' or place == '@end' then return place end
  local furthest = 0
  for index, issue in ipairs(issues) do
    local had = redis.call('HGET', subscriber, 'issue:' .. series .. ':' .. issue.id)
    if had and (had:sub(1, 8) == 'accepted' or had:sub(1, 4) == 'held') then furthest = index end
    if issue.id == place and index > furthest then furthest = index - 1 end
  end
  for index = furthest + 1, #issues do
    if not issues[index].retired then return issues[index].id end
  end
  return '@end'
end

-- A copy that was going over when they left, or may have gone over, is settled where it was begun.
local function placeUnderWay(id)
  local stored = redis.call('HGET', claims, id)
  local claim = stored and cjson.decode(stored)
  if not claim or not (claim.state == 'submitting' or claim.doubted) then return nil end
  if claim.doubted then redis.call('ZADD', apartPrefix .. 'doubted:' .. claim.issue, now, id) end
  return claim.issue
end

-- Whoever comes back begins a new subscription: an old pause or pace is not part of it.
local function noteWishes(subscriber, pace, language)
  redis.call('HDEL', subscriber, 'paused:' .. series, 'pace:' .. series)
  if pace ~= '' then redis.call('HSET', subscriber, 'pace:' .. series, pace) end
  if language ~= '' then redis.call('HSET', subscriber, 'language', language) end
end

-- Who was refused an issue and comes back to it is one reader of it, and not two.
local COUNTED = { rejected = 'rejected', skipped = 'suppressed' }
local function beginAnew(id, subscriber, place)
  local history = 'issue:' .. series .. ':' .. place
  local counted = COUNTED[(redis.call('HGET', subscriber, history) or ''):match('^%a+')]
  if not counted then return end
  redis.call('HDEL', subscriber, history)
  redis.call('ZREM', apartPrefix .. 'rejected:' .. place, id)
  redis.call('HINCRBY', counts, place .. ':' .. counted, -1)
  redis.call('HINCRBY', counts, place .. ':' .. counted .. 'Again', 1)
  redis.call('HINCRBY', counts, place .. ':entered', -1)
end

local function join(id, address, name, consentAt, place, due, pace, language)
  local subscriber = subscriberPrefix .. id
  if redis.call('HEXISTS', suppressed, id) == 1 then return 'suppressed' end
  local membership = redis.call('HGET', subscriber, 'series:' .. series)
  if membership and membership:sub(1, 6) == 'active' then
    if name ~= '' then redis.call('HSET', subscriber, 'name', name) end
    return 'known'
  end
  local leftAt = membership and tonumber(membership:match('^ended (%d+)'))
  if leftAt and mayComeBack == '0' and not (consentAt ~= '' and tonumber(consentAt) > leftAt) then return 'left' end
  redis.call('HSETNX', subscriber, 'address', address)
  if name ~= '' then redis.call('HSET', subscriber, 'name', name) end
  redis.call('HSET', subscriber, 'series:' .. series, 'active ' .. now,
    'consent:' .. series, (consentAt == '' and now or consentAt) .. ' ' .. source)
  noteWishes(subscriber, pace, language)
  if membership then
    place = placeUnderWay(id) or placeAgain(subscriber, place)
    beginAnew(id, subscriber, place)
  end
  local kept = redis.call('HGET', subscriber, 'due:' .. series)
  redis.call('HDEL', subscriber, 'due:' .. series)
  redis.call('ZADD', waitingPrefix .. place, math.max(due == '' and now or tonumber(due), tonumber(kept or 0)), id)
  redis.call('HINCRBY', counts, place .. ':entered', 1)
  redis.call('HINCRBY', counts, 'joined', 1)
  return membership and 'rejoined' or 'added'
end

local results = { 'ok' }
for i = 10, #ARGV, 8 do results[#results + 1] = join(unpack(ARGV, i, i + 7)) end
return results
