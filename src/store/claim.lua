-- Take readers who are due for an issue: check consent, note a fencing token, and push their due time to the end of the lease. Submitted at
-- once they are when their mails set out now: then it is the last look as well (submit.lua).
-- KEYS  plan, waiting, claims, suppressed, counts, sequence, held, detours, codes
-- ARGV  clock offset ms, revision, series, issue, limit, lease ms, rendered hash, subscriber prefix, resend|hold,
--       waiting prefix, place after the issue, when it was asked for (ms, '' = no matter),
--       the issues behind this one as a JSON list, if readers may have had one of them, prefix of those who stand apart,
--       whether to submit them in the same step (1 or 0)
-- Returns {'stale-plan'} | {'closed'} | {'ok'}: nobody was taken | {'ok', now, a JSON list of {id, token, address, name, pace or '', round, attempt,
--         datedAt, firstTriedAt, rendered}}; what follows the address is left out where it is as of most: a first try of a reader without a name, in
--         the first round
local plan, waiting, claims, suppressed, counts, sequence, held = unpack(KEYS)
-- What fits into one command of a script.
local MOST_AT_ONCE = 2000
local detours, history = openDetours(KEYS[8], counts), openHistory(KEYS[9])
local revision, series, issue, limit, lease, rendered, subscriberPrefix, onUncertain, waitingPrefix, nextPlace, askedAt, later, apartPrefix, submits = unpack(ARGV, 2)
local apart = openApart(apartPrefix, issue)
local isSubmitted = submits == '1'
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

local function skip(id, subscriber, membership)
  redis.call('ZREM', waiting, id)
  redis.call('HDEL', claims, id)
  apart.standNoMore(id)
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
  apart.standNoMore(id)
  count('skipped')
  local place = detours.onwards(id, nextPlace)
  redis.call('ZADD', waitingPrefix .. place, now, id)
  redis.call('HINCRBY', counts, place .. ':entered', 1)
  if not had then redis.call('HSET', subscriber, 'passed:' .. series .. ':' .. issue, now) end
end

-- A record of this very delivery from an earlier claim; one that was never submitted leaves nothing to repeat.
local function earlierClaim(id, stored)
  if not stored then return nil end
  local claim = cjson.decode(stored)
  if claim.issue == issue and claim.tried then return claim end
  apart.standNoMore(id)
  return nil
end

local function recordUncertain(id, subscriber, claim)
  count('uncertain')
  claim.doubted = true
  claim.reply = 'the worker was gone before it knew the answer'
  redis.call('HINCRBY', subscriber, 'uncertain:' .. series .. ':' .. issue, 1)
  if onUncertain ~= 'hold' then
    apart.stand(id, 'doubted', now)
    return false
  end
  apart.standNoMore(id)
  redis.call('ZREM', waiting, id)
  redis.call('HDEL', claims, id)
  redis.call('HSET', held, id, cjson.encode(claim))
  redis.call('HSET', subscriber, 'issue:' .. series .. ':' .. issue, 'held ' .. now)
  count('held')
  return true
end

local taken, records, leases = {}, {}, {}
local leaseEnd = leaseEndOf(time, ARGV[1], lease)
local token

local function note(id, record, delivery)
  records[#records + 1], records[#records + 2] = id, record
  leases[#leases + 1], leases[#leases + 2] = leaseEnd, id
  taken[#taken + 1] = delivery
end

-- What the records of all first tries of this claim have in common.
local at = string.format('%d', now)
local details = '"attempt":1,"datedAt":' .. at .. ',"firstTriedAt":' .. at .. ',"rendered":"' .. rendered .. '","issue":' .. cjson.encode(issue) .. ',"name":'
local nameless = details .. '""}'

local function takeFirst(id, name, address, pace, round)
  token = token + 1
  local ofToken = string.format('%d', token)
  if not (name or pace or round) then
    note(id, freshRecord(ofToken, nameless, isSubmitted), { id, ofToken, address })
  else
    local record = freshRecord(ofToken, details .. cjson.encode(name or '') .. '}', isSubmitted)
    note(id, record, { id, ofToken, address, name or '', pace or '', round or '0' })
  end
end

-- A repeat must have the same bytes: it keeps the name and the rendering it first went out with.
local function takeAgain(id, claim, address, pace, round)
  token = token + 1
  claim.token, claim.missed, claim.tried = token, nil, true
  claim.state = isSubmitted and 'submitting' or 'claimed'
  note(id, cjson.encode(claim), { id, string.format('%d', token), address, claim.name, pace or '', round or '0',
    claim.attempt, claim.datedAt, claim.firstTriedAt, claim.rendered })
end

-- A worker that lives may have been kept from renewing: Redis was away, or its clock was set forward. What it is sending just now
-- must not go out twice, so it has one more lease to renew or settle; only then it is taken for dead.
local function missOnce(id, claim)
  claim.missed = true
  redis.call('HSET', claims, id, cjson.encode(claim))
  redis.call('ZADD', waiting, leaseEnd, id)
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

local due = redis.call('ZRANGEBYSCORE', waiting, '-inf', now, 'LIMIT', 0, math.min(tonumber(limit), MOST_AT_ONCE))
if #due == 0 then return { 'ok' } end
-- More tokens than are used may be gone: they only have to be new. A copy of this ledger that took its place for a while has given out some as
-- well, and a worker may still hold them: they grow with the clock, so that none of them is given out here. Fourteen digits are what Lua writes.
local TOKENS_A_MS = 10
token = math.max(tonumber(redis.call('GET', sequence) or '0'), now * TOKENS_A_MS)
redis.call('SET', sequence, string.format('%d', token + #due))
local earlier = redis.call('HMGET', claims, unpack(due))
local suppressions = redis.call('HMGET', suppressed, unpack(due))
local historyName = series .. ':' .. issue
local looked = { 'address', 'name', 'series:' .. series, 'paused:' .. series, 'pace:' .. series, 'round:' .. series,
  'issue:' .. historyName, 'h', 'h+', 'h1' }
for n, id in ipairs(due) do
  local subscriber = subscriberPrefix .. id
  local address, name, membership, pausedUntil, pace, round, own, head, recent, first =
    unpack(redis.call('HMGET', subscriber, unpack(looked)), 1, 10)
  local had = history.outcomeIn(subscriber, historyName, own, head, recent, first)
  local claim = earlierClaim(id, earlier[n])
  local isSubmitting = claim and claim.state == 'submitting'
  if isSubmitting and not claim.missed then
    missOnce(id, claim)
  elseif isSubmitting and recordUncertain(id, subscriber, claim) then
    -- Stays held until the operator decides.
  elseif not address or not membership or membership:sub(1, 6) ~= 'active' or suppressions[n] then
    skip(id, subscriber, membership)
  elseif isPast(id, subscriber, had) then
    passOn(id, subscriber, had)
  elseif pausedUntil and tonumber(pausedUntil) > now then
    rest(id, claim, pausedUntil)
  elseif claim then
    takeAgain(id, claim, address, pace, round)
  else
    takeFirst(id, name, address, pace, round)
  end
end
if #taken == 0 then return { 'ok' } end
redis.call('HSET', claims, unpack(records))
redis.call('ZADD', waiting, unpack(leases))
return { 'ok', now, cjson.encode(taken) }
