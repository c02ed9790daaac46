-- End deliveries of one issue: move each reader on, count, remember. A token that is not the latest settles nothing.
-- KEYS  plan, waiting, claims, counts, suppressed, held, finished, replies, detours, codes
-- ARGV  clock offset ms, revision, series, issue, waiting prefix, subscriber prefix, rate prefix, whether to note who has finished (1 or 0),
--       prefix of those who stand apart, and as JSON {ids, tokens, words: the server's to each, runs: of those who have the rest in common}; a run is
--       {how many, kind, next place (unless they are on a detour), due ms, the pace that was computed with ('' = the series' own), what to count the
--       reply under ('' = not at all)}; kind = accepted | rejected | dead | deferred | uncertain | held | released
-- Returns {'stale-plan'} | {'ok', for each 1, 0 or 'pace …': nothing was done, the reader has chosen that pace meanwhile}
local plan, waiting, claims, counts, suppressed, held, finished = unpack(KEYS)
local countReply = openReplies(KEYS[8])
local detours, history = openDetours(KEYS[9], counts), openHistory(KEYS[10])
local revision, series, issue, waitingPrefix, subscriberPrefix, ratePrefix, notesFinished, apartPrefix = unpack(ARGV, 2)
local apart = openApart(apartPrefix, issue)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
if redis.call('HGET', plan, 'revision') ~= revision then return { 'stale-plan' } end

-- What is counted of whom, and how much of it: written together at the end.
local totals = {}
local function count(place, what)
  local there = totals[place] or {}
  totals[place] = there
  there[what] = (there[what] or 0) + 1
end

-- An erased reader must not come back as a hash with nothing but history in it.
local function remember(id, ...)
  local subscriber = subscriberPrefix .. id
  if redis.call('EXISTS', subscriber) == 1 then redis.call('HSET', subscriber, ...) end
end

local function standApartNoMore(id, claim)
  if claim.attempt > 1 or claim.doubted then apart.standNoMore(id) end
end

local historyName = series .. ':' .. issue
local historyField, paceField = 'issue:' .. historyName, 'pace:' .. series

-- What is on record of a reader, read once: address, pace, and the fields that an acceptance is written into.
local function look(id)
  return redis.call('HMGET', subscriberPrefix .. id, 'address', paceField, historyField, 'h', 'h+')
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

local subscriptionsEnded = 0
local settle = {
  accepted = function(id, claim, nextPlace, due, reason, seen)
    moveOn(id, claim, 'accepted', nextPlace, due, reason, seen)
    if nextPlace == '@end' and notesFinished == '1' then noteFinished(id) end
  end,
  rejected = function(id, claim, nextPlace, due, reason)
    moveOn(id, claim, 'rejected', nextPlace, due, reason)
    apart.rejected(id, now)
  end,
  dead = function(id, claim, _, _, reason)
    redis.call('HDEL', claims, id)
    detours.change(id, nil)
    count(issue, 'rejected')
    standApartNoMore(id, claim)
    apart.rejected(id, now)
    subscriptionsEnded = subscriptionsEnded + 1
    redis.call('HSET', suppressed, id, cjson.encode({ reason = reason, at = now }))
    remember(id, historyField, 'rejected ' .. now .. ' ' .. reason, 'series:' .. series, 'ended ' .. now .. ' rejected')
  end,
  deferred = function(id, claim, _, due, reason)
    claim.attempt = claim.attempt + 1
    claim.state = 'deferred'
    count(issue, 'deferred')
    apart.stand(id, claim.doubted and 'doubted' or 'deferred', now)
    waitHere(id, due, claim, reason)
  end,
  uncertain = function(id, claim, _, due, reason)
    claim.attempt = claim.attempt + 1
    claim.state = 'uncertain'
    claim.doubted = true
    count(issue, 'uncertain')
    noteUncertain(id)
    apart.stand(id, 'doubted', now)
    waitHere(id, due, claim, reason)
  end,
  held = function(id, claim, _, _, reason)
    claim.doubted = true
    claim.reply = reason
    apart.standNoMore(id)
    redis.call('HDEL', claims, id)
    redis.call('HSET', held, id, cjson.encode(claim))
    noteUncertain(id)
    count(issue, 'uncertain')
    count(issue, 'held')
    remember(id, historyField, 'held ' .. now)
  end,
  released = function(id, claim, _, due, reason)
    if claim.state == 'submitting' then claim.state = 'deferred' end
    if claim.tried == 'by-claim' then claim.tried = nil end
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

local FIRST_TRY = { attempt = 1 }

-- What the ledger has of a delivery, as far as the outcome needs to know: of a first try, nothing else matters to an acceptance.
local function claimOf(stored, token, kind)
  if not stored then return nil end
  if kind == 'accepted' and isFresh(stored, token) then return FIRST_TRY end
  return decodeIfOurs(stored, token)
end

local batch = cjson.decode(ARGV[10])
local ids, tokens, allWords = batch.ids, batch.tokens, batch.words
local stored = redis.call('HMGET', claims, unpack(ids))
local standing = redis.call('ZMSCORE', waiting, unpack(ids))

-- Look at all of them first.
local flags, leaving, claimed, looked = { 'ok' }, {}, {}, {}
local function lookAtRun(from, to, kind, _, _, pace)
  for n = from, to do
    local id = ids[n]
    local claim = claimOf(stored[n], tokens[n], kind)
    local seen = claim and (kind == 'accepted' or kind == 'rejected') and look(id)
    local chosen = seen and newPace(seen, pace)
    if chosen then
      flags[n + 1] = 'pace ' .. chosen
    elseif not claim then
      flags[n + 1] = 0
    else
      flags[n + 1] = standing[n] and 1 or 0
      leaving[#leaving + 1] = id
    end
    claimed[n], looked[n] = not chosen and claim, seen
  end
end

local accepted = 0
local function settleRun(from, to, kind, nextPlace, due, _, reply)
  for n = from, to do
    local id, claim, words = ids[n], claimed[n], allWords[n]
    if claim and not standing[n] then
      settleOneWhoLeft(id, claim, kind, due, words, looked[n])
    elseif claim then
      settle[kind](id, claim, nextPlace, due, words, looked[n])
      countReply(reply)
      if kind == 'accepted' then accepted = accepted + 1 end
    end
  end
end

local function forEachRun(act)
  local from = 1
  for _, run in ipairs(batch.runs) do
    local to = from + run[1] - 1
    act(from, to, unpack(run, 2, 6))
    from = to + 1
  end
end

forEachRun(lookAtRun)
if #leaving == 0 then return flags end
-- ZREM first: it frees memory, so that a script that starts at maxmemory may finish.
redis.call('ZREM', waiting, unpack(leaving))
forEachRun(settleRun)
if #ended > 0 then redis.call('HDEL', claims, unpack(ended)) end
for place, there in pairs(entering) do redis.call('ZADD', waitingPrefix .. place, unpack(there)) end

local function text(n) return string.format('%d', n) end
for place, there in pairs(totals) do
  for what, n in pairs(there) do redis.call('HINCRBY', counts, place .. ':' .. what, text(n)) end
end
if subscriptionsEnded > 0 then
  redis.call('HINCRBY', counts, 'ended', text(subscriptionsEnded))
  redis.call('HINCRBY', counts, 'bounced', text(subscriptionsEnded))
end
if accepted > 0 then
  local minute = ratePrefix .. math.floor(now / 60000)
  -- Its first ones give it its end.
  if redis.call('INCRBY', minute, text(accepted)) == accepted then redis.call('PEXPIRE', minute, '180000') end
end
return flags
