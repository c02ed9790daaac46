-- One wish of a reader about their own way through a series, in one step.
-- KEYS  plan, claims, counts, suppressed, detours, codes
-- ARGV  clock offset ms, revision, series, waiting prefix, subscriber key, id, asked prefix,
--       when the reader last had an issue ('' = never), due ms by the gap after that ('' likewise),
--       pause | resume | pace | next | again, what is wished (until ms; pace, '' = the series' own; issue), most times a day,
--       then every place of the series in order
-- Returns {'stale-plan'}: the plan or the reader has moved on, look again | {'ok', answer}
local plan, claims, counts, suppressed = unpack(KEYS)
local detours, history = openDetours(KEYS[5], counts), openHistory(KEYS[6])
local revision, series, waitingPrefix, subscriber, id, askedPrefix, lastHad, dueByGap, wish, wanted, limit = unpack(ARGV, 2)
local DAY_MS = 86400000
local FIRST_PLACE = 13
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])

local planned = redis.call('HMGET', plan, 'revision', 'state', 'startAt')
if planned[1] ~= revision then return { 'stale-plan' } end

local fields = fieldsOf(subscriber)
if not fields['address'] or not startsWith(fields['series:' .. series] or '', 'active')
  or redis.call('HEXISTS', suppressed, id) == 1 then
  return { 'ok', 'ended' }
end
if latestAcceptance(fields, series, history) ~= lastHad then return { 'stale-plan' } end

local indices, place, score = {}, nil, nil
for i = FIRST_PLACE, #ARGV do
  indices[ARGV[i]] = i
  local found = redis.call('ZSCORE', waitingPrefix .. ARGV[i], id)
  if found then place, score = ARGV[i], tonumber(found) end
end

local stored = redis.call('HGET', claims, id)
local claim = stored and cjson.decode(stored)
if claim and claim.issue ~= place and claim.state ~= 'submitting' then claim = nil end
local isClaimed = claim and claim.token and score and score > now
-- Nobody has renewed it or taken it over: whoever has it may still be there, and send.
local isOverdue = claim and claim.token and score and score <= now
local isUnderWay = not place or isClaimed or (claim and claim.tried)

local pausedUntil = tonumber(fields['paused:' .. series] or '0')
local isPaused = pausedUntil > now
local gapEnd = math.max(now, tonumber(dueByGap) or 0)

local function text(ms) return string.format('%.0f', ms) end

local function waitUntil(ms) redis.call('ZADD', waitingPrefix .. place, text(ms), id) end

-- What the pause hides is kept, so that leaving and coming back does not shorten the gap, and does not prolong the pause.
local function keepDue(ms)
  if ms > now then
    redis.call('HSET', subscriber, 'due:' .. series, text(ms))
  else
    redis.call('HDEL', subscriber, 'due:' .. series)
  end
end

local function endPause() redis.call('HDEL', subscriber, 'paused:' .. series, 'due:' .. series) end

-- A claim that has submitted nothing is taken back: the worker finds its token gone.
local function withdraw()
  if claim.tried then
    claim.token = nil
    claim.state = 'deferred'
    redis.call('HSET', claims, id, cjson.encode(claim))
  else
    redis.call('HDEL', claims, id)
  end
end

local function isTooOften()
  local key = askedPrefix .. wish .. ':' .. series .. ':' .. id .. ':' .. math.floor(now / DAY_MS)
  if tonumber(redis.call('GET', key) or '0') >= tonumber(limit) then return true end
  redis.call('INCR', key)
  redis.call('PEXPIRE', key, DAY_MS)
  return false
end

local function isReleased(issue)
  return tonumber(planned[3]) <= now and tonumber(redis.call('HGET', plan, 'release:' .. issue) or '0') <= now
end

local wishes = {}

function wishes.pause()
  local untilMs = tonumber(wanted)
  redis.call('HSET', subscriber, 'paused:' .. series, text(untilMs))
  if not place or (claim and claim.state == 'submitting') then return 'done' end
  local due = score
  if isPaused then due = gapEnd end
  if isClaimed or isOverdue then
    withdraw()
    due = now
  end
  if claim and claim.retryAt then due = math.max(due, claim.retryAt) end
  keepDue(due)
  waitUntil(math.max(due, untilMs))
  return 'done'
end

function wishes.resume()
  endPause()
  if isPaused and place and not isClaimed and not (claim and claim.state == 'submitting') then
    waitUntil(math.max(gapEnd, claim and claim.retryAt or 0))
  end
  return 'done'
end

function wishes.pace()
  if wanted == (fields['pace:' .. series] or '') then return 'done' end
  if wanted == '' then
    redis.call('HDEL', subscriber, 'pace:' .. series)
  else
    redis.call('HSET', subscriber, 'pace:' .. series, wanted)
  end
  -- What is under way is settled by the new pace, or comes again at its own time.
  if dueByGap == '' or isUnderWay then return 'done' end
  if isOverdue then withdraw() end
  keepDue(isPaused and gapEnd or now)
  waitUntil(math.max(gapEnd, pausedUntil))
  return 'done'
end

function wishes.next()
  if not place then return 'under-way' end
  if place == '@end' then return 'nothing-ahead' end
  if place == '@start' or planned[2] ~= 'running' or tonumber(planned[3]) > now then return 'not-running' end
  if not isReleased(place) then return 'not-released' end
  if isUnderWay then return 'under-way' end
  if score <= now and not isPaused then return 'done' end
  if isTooOften() then return 'too-often' end
  endPause()
  waitUntil(now)
  return 'done'
end

-- Claims pass over whoever has had an issue: what became of these the last time goes out of their way.
local function putAsideFrom(index)
  local function isAside(name)
    local issue = startsWith(name, series .. ':') and name:sub(#series + 2)
    return issue and indices[issue] and indices[issue] >= index
  end
  local kept = {}
  for _, entry in ipairs(history.entriesOf(fields)) do
    if isAside(entry.name) then
      local words = entry.words ~= '' and ' ' .. entry.words or ''
      redis.call('HSET', subscriber, 'before:' .. entry.name, 'accepted ' .. text(entry.at) .. words)
    else
      kept[#kept + 1] = entry
    end
  end
  history.rewrite(subscriber, kept)
  for field, value in pairs(fields) do
    local name = field:match('^issue:(.*)$')
    if name and isAside(name) then
      redis.call('HSET', subscriber, 'before:' .. name, value)
      redis.call('HDEL', subscriber, field)
    end
  end
end

-- What they are being sent again and lies ahead of it still comes first.
local function goBackTo(issue, way)
  local kept = {}
  for i = 1, #way - 1 do
    if indices[way[i]] < indices[issue] then kept[#kept + 1] = way[i] end
  end
  kept[#kept + 1] = issue
  detours.change(id, kept)
  return kept[1]
end

function wishes.again()
  if not indices[wanted] then return 'no-such-issue' end
  if not isReleased(wanted) then return 'not-released' end
  if isUnderWay then return 'under-way' end
  local way = detours.of(id) or { place }
  local goesOnAt = way[#way]
  if goesOnAt == wanted then return 'done' end
  if indices[wanted] > indices[goesOnAt] then return 'no-such-issue' end
  if isTooOften() then return 'too-often' end
  putAsideFrom(indices[wanted])
  redis.call('HINCRBY', subscriber, 'round:' .. series, 1)
  redis.call('HDEL', claims, id)
  redis.call('ZREM', waitingPrefix .. place, id)
  redis.call('HINCRBY', counts, place .. ':entered', -1)
  place = goBackTo(wanted, way)
  redis.call('HINCRBY', counts, place .. ':entered', 1)
  keepDue(isPaused and gapEnd or now)
  waitUntil(math.max(gapEnd, pausedUntil))
  return 'done'
end

return { 'ok', wishes[wish]() }
