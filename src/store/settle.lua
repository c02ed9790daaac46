-- End deliveries of one issue: move each reader on, count, remember. A token that is not the latest settles nothing.
-- KEYS  plan, waiting, claims, counts, suppressed, held, finished, replies, detours, codes
-- ARGV  clock offset ms, revision, series, issue, waiting prefix, subscriber prefix, rate prefix, whether to note who has finished (1 or 0),
--       prefix of those who stand apart, then id, token, kind, next place (unless they are on a detour), due ms, the server's words, the pace the due time was computed
--       with ('' = the series' own), and what to count the reply under ('' = not at all) for each;
--       kind = accepted | rejected | dead | deferred | uncertain | held | released
-- Returns {'stale-plan'} | {'ok', for each 1, 0 or 'pace …': nothing was done, the reader has chosen that pace meanwhile}
local plan, waiting, claims, counts, suppressed, held, finished, replies = unpack(KEYS)
local detours, history = openDetours(KEYS[9], counts), openHistory(KEYS[10])
local revision, series, issue, waitingPrefix, subscriberPrefix, ratePrefix, notesFinished, apartPrefix = unpack(ARGV, 2)
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

local function apart(kind) return apartPrefix .. kind .. ':' .. issue end

-- Whoever was put off or is in doubt is in a set of their own as well, until the issue is settled.
local function standApart(id, kind)
  redis.call('ZADD', apart(kind), now, id)
  redis.call('ZREM', apart(kind == 'doubted' and 'deferred' or 'doubted'), id)
end

local function standApartNoMore(id, claim)
  if claim.attempt > 1 or claim.doubted then
    redis.call('ZREM', apart('deferred'), id)
    redis.call('ZREM', apart('doubted'), id)
  end
end

local historyName = series .. ':' .. issue
local historyField = 'issue:' .. historyName

-- What is on record of a reader, read once: address, pace, and the fields that an acceptance is written into.
local function look(id)
  return redis.call('HMGET', subscriberPrefix .. id, 'address', 'pace:' .. series, historyField, 'h', 'h+')
end

local function rememberAccepted(id, seen, words, ...)
  if seen[1] then history.accept(subscriberPrefix .. id, historyName, now, words, seen[3], seen[4], seen[5], ...) end
end

-- Once: issues that are added later, and a second reading, do not end the series anew.
local function noteFinished(id)
  local subscriber = subscriberPrefix .. id
  if redis.call('EXISTS', subscriber) == 1 and redis.call('HSETNX', subscriber, 'finished:' .. series, now) == 1 then
    redis.call('ZADD', finished, now, id)
  end
end

-- Whose claim has ended, and place -> due, id of each who waits there from now on: written together at the end.
local ended, entering = {}, {}

local function enter(place, due, id)
  local there = entering[place] or {}
  entering[place] = there
  there[#there + 1], there[#there + 2] = due, id
  count(place, 'entered')
end

local function moveOn(id, claim, outcome, nextPlace, due, reason, seen)
  ended[#ended + 1] = id
  standApartNoMore(id, claim)
  count(issue, outcome)
  enter(detours.onwards(id, nextPlace), due, id)
  if outcome == 'accepted' then
    rememberAccepted(id, seen, reason)
  else
    remember(id, historyField, outcome .. ' ' .. now .. (reason ~= '' and ' ' .. reason or ''))
  end
end

local function waitHere(id, due, claim, reason)
  -- The token ends with the settlement: a renewal or a second settlement on its way must not undo it.
  claim.token = nil
  claim.retryAt = tonumber(due)
  if reason ~= '' then claim.reply = reason end
  redis.call('HSET', claims, id, cjson.encode(claim))
  redis.call('ZADD', waiting, due, id)
end

local function noteUncertain(id)
  local subscriber = subscriberPrefix .. id
  if redis.call('EXISTS', subscriber) == 1 then redis.call('HINCRBY', subscriber, 'uncertain:' .. series .. ':' .. issue, 1) end
end

local settle = {
  accepted = function(id, claim, nextPlace, due, reason, seen)
    moveOn(id, claim, 'accepted', nextPlace, due, reason, seen)
    if nextPlace == '@end' and notesFinished == '1' then noteFinished(id) end
  end,
  rejected = function(id, claim, nextPlace, due, reason)
    moveOn(id, claim, 'rejected', nextPlace, due, reason)
    redis.call('ZADD', apart('rejected'), now, id)
  end,
  dead = function(id, claim, _, _, reason)
    redis.call('HDEL', claims, id)
    detours.change(id, nil)
    count(issue, 'rejected')
    standApartNoMore(id, claim)
    redis.call('ZADD', apart('rejected'), now, id)
    totals['ended'] = (totals['ended'] or 0) + 1
    totals['bounced'] = (totals['bounced'] or 0) + 1
    redis.call('HSET', suppressed, id, cjson.encode({ reason = reason, at = now }))
    remember(id, historyField, 'rejected ' .. now .. ' ' .. reason, 'series:' .. series, 'ended ' .. now .. ' rejected')
  end,
  deferred = function(id, claim, _, due, reason)
    claim.attempt = claim.attempt + 1
    claim.state = 'deferred'
    count(issue, 'deferred')
    standApart(id, claim.doubted and 'doubted' or 'deferred')
    waitHere(id, due, claim, reason)
  end,
  uncertain = function(id, claim, _, due, reason)
    claim.attempt = claim.attempt + 1
    claim.state = 'uncertain'
    claim.doubted = true
    count(issue, 'uncertain')
    noteUncertain(id)
    standApart(id, 'doubted')
    waitHere(id, due, claim, reason)
  end,
  held = function(id, claim, _, _, reason)
    claim.doubted = true
    claim.reply = reason
    redis.call('ZREM', apart('deferred'), id)
    redis.call('ZREM', apart('doubted'), id)
    redis.call('HDEL', claims, id)
    redis.call('HSET', held, id, cjson.encode(claim))
    noteUncertain(id)
    count(issue, 'uncertain')
    count(issue, 'held')
    remember(id, historyField, 'held ' .. now)
  end,
  released = function(id, claim, _, due, reason)
    if claim.state == 'submitting' then claim.state = 'deferred' end
    waitHere(id, due, claim, reason)
  end,
}

-- Who has chosen another pace while the mail went over waits by that one.
local function newPace(seen, pace)
  local chosen = seen[2] or ''
  return chosen ~= pace and chosen or nil
end

-- The reader left while the mail went over: they are out. What they have had is remembered, and coming back does not shorten the gap
-- after it; what is in doubt keeps its bytes for then, or is passed over then where no second copy is wanted; what has not arrived
-- leaves nothing.
local function settleOneWhoLeft(id, claim, kind, due, reason, seen)
  if kind == 'uncertain' or kind == 'held' then
    claim.doubted = true
    noteUncertain(id)
  end
  if claim.doubted and kind ~= 'accepted' and kind ~= 'held' then
    claim.state = 'uncertain'
    claim.token = nil
    redis.call('HSET', claims, id, cjson.encode(claim))
  else
    redis.call('HDEL', claims, id)
  end
  if kind == 'accepted' then
    rememberAccepted(id, seen, reason, 'due:' .. series, due)
  end
  if kind == 'held' then remember(id, historyField, 'held ' .. now) end
end

local accepted = 0
-- Replies are counted by what they say and by the domain they are about. Where there are too many, domains are not told apart any more;
-- where a server invents codes, they are not either.
local MOST_REPLIES = 400
local function countReply(reply)
  if reply == '' then return end
  local issueAndKind, code = reply:match('^(.*\t)([^\t]*)\t[^\t]*$')
  local function isFull(most) return redis.call('HEXISTS', replies, reply) == 0 and redis.call('HLEN', replies) >= most end
  if isFull(MOST_REPLIES) then reply = issueAndKind .. code .. '\t*' end
  if isFull(2 * MOST_REPLIES) then reply = issueAndKind .. 'other\t*' end
  redis.call('HINCRBY', replies, reply, 1)
end

local FIRST_TRY = { attempt = 1 }

-- What the ledger has of a delivery, as far as the outcome needs to know: of a first try, nothing else matters to an acceptance.
local function claimOf(stored, token, kind)
  if not stored then return nil end
  if kind == 'accepted' and isFresh(stored, token) then return FIRST_TRY end
  return decodeIfOurs(stored, token)
end

local FIRST, EACH = 10, 8
local ids = {}
for i = FIRST, #ARGV, EACH do ids[#ids + 1] = ARGV[i] end
local stored = redis.call('HMGET', claims, unpack(ids))
local standing = redis.call('ZMSCORE', waiting, unpack(ids))

-- Look at all of them first.
local flags, work, leaving = { 'ok' }, {}, {}
for n, id in ipairs(ids) do
  local _, token, kind, nextPlace, due, reason, pace, reply = unpack(ARGV, FIRST + EACH * (n - 1), FIRST + EACH * n - 1)
  local claim = claimOf(stored[n], token, kind)
  local seen = claim and (kind == 'accepted' or kind == 'rejected') and look(id)
  local chosen = seen and newPace(seen, pace)
  if chosen then
    flags[n + 1] = 'pace ' .. chosen
  elseif not claim then
    flags[n + 1] = 0
  else
    flags[n + 1] = standing[n] and 1 or 0
    leaving[#leaving + 1] = id
    work[#work + 1] = { id, claim, kind, nextPlace, due, reason, reply, seen, standing[n] }
  end
end
if #leaving == 0 then return flags end

-- ZREM first: it frees memory, so that a script that starts at maxmemory may finish.
redis.call('ZREM', waiting, unpack(leaving))
for _, one in ipairs(work) do
  local id, claim, kind, nextPlace, due, reason, reply, seen, isStanding = unpack(one, 1, 9)
  if not isStanding then
    settleOneWhoLeft(id, claim, kind, due, reason, seen)
  else
    settle[kind](id, claim, nextPlace, due, reason, seen)
    countReply(reply)
    if kind == 'accepted' then accepted = accepted + 1 end
  end
end
if #ended > 0 then redis.call('HDEL', claims, unpack(ended)) end
for place, there in pairs(entering) do redis.call('ZADD', waitingPrefix .. place, unpack(there)) end

for field, n in pairs(totals) do redis.call('HINCRBY', counts, field, n) end
if accepted > 0 then
  local minute = ratePrefix .. math.floor(now / 60000)
  redis.call('INCRBY', minute, accepted)
  redis.call('PEXPIRE', minute, 180000)
end
return flags
