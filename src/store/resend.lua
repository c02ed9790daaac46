-- Send readers an issue again that they have missed: they go back to stand before it, and go on where they were after that.
-- KEYS  plan, claims, counts, suppressed, held, detours, codes
-- ARGV  clock offset ms, revision, series, issue, waiting prefix, subscriber prefix, prefix of those who stand apart,
--       issues in order as a JSON list, then id, place, what became of the issue (rejected, skipped, passed or ''),
--       when they last had an issue ('' = never), due ms by the gap after that ('' likewise), the pace that is computed with ('' = the series') for each
-- Returns {'stale-plan'} | {'ok', for each: coming | coming-already | had | ended | suppressed | in-doubt | under-way | changed (look again)}
local plan, claims, counts, suppressed, held = unpack(KEYS)
local detours, history = openDetours(KEYS[6], counts), openHistory(KEYS[7])
local revision, series, issue, waitingPrefix, subscriberPrefix, apartPrefix, live = unpack(ARGV, 2)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
if redis.call('HGET', plan, 'revision') ~= revision then return { 'stale-plan' } end

local order = { ['@end'] = math.huge }
for index, name in ipairs(cjson.decode(live)) do order[name] = index end
local historyField, passedField = 'issue:' .. series .. ':' .. issue, 'passed:' .. series .. ':' .. issue
local doubtField = 'uncertain:' .. series .. ':' .. issue

local function count(place, what, n) redis.call('HINCRBY', counts, place .. ':' .. what, n) end

local function becameOf(fields)
  local outcome = (fields[historyField] or ''):match('^%a+')
  if outcome then return outcome end
  for _, entry in ipairs(history.entriesOf(fields)) do
    if entry.name == series .. ':' .. issue then return 'accepted' end
  end
  return fields[passedField] and 'passed' or ''
end

-- The record of what happened goes: it was no acceptance, and the copy that comes is the same message. They were counted as having come here,
-- unless the issue was never theirs.
local COUNTED = { rejected = 'rejected', skipped = 'suppressed', passed = 'skipped' }
local function takeBack(id, outcome)
  redis.call('HDEL', subscriberPrefix .. id, historyField, passedField)
  redis.call('ZREM', apartPrefix .. 'rejected:' .. issue, id)
  local counted = COUNTED[outcome]
  if counted then
    count(issue, counted, -1)
    count(issue, counted .. 'Again', 1)
    count(issue, 'entered', -1)
  end
end

local function wayWithIssue(way)
  local longer = { issue }
  for i = 1, #way - 1 do longer[#longer + 1] = way[i] end
  table.sort(longer, function(a, b) return order[a] < order[b] end)
  longer[#longer + 1] = way[#way]
  return longer
end

local function text(ms) return string.format('%.0f', ms) end

-- A break and the server's wish to be left in peace for a while stay what they are.
local function dueOf(id, fields, claim, dueByGap)
  local gapEnd = math.max(now, tonumber(dueByGap) or 0)
  local pausedUntil = tonumber(fields['paused:' .. series] or '0')
  if pausedUntil > now then
    if gapEnd > now then
      redis.call('HSET', subscriberPrefix .. id, 'due:' .. series, text(gapEnd))
    else
      redis.call('HDEL', subscriberPrefix .. id, 'due:' .. series)
    end
  end
  return math.max(gapEnd, pausedUntil, claim and claim.retryAt or 0)
end

local function isTaken(claim, place)
  return claim and (claim.state == 'submitting' or claim.doubted or (claim.token and claim.issue == place))
end

local function goBack(id, place, way, fields, claim, dueByGap)
  redis.call('ZREM', waitingPrefix .. place, id)
  redis.call('ZREM', apartPrefix .. 'deferred:' .. place, id)
  redis.call('HDEL', claims, id)
  count(place, 'entered', -1)
  detours.change(id, way)
  count(issue, 'entered', 1)
  local putOff = claim and claim.issue == place and claim or nil
  redis.call('ZADD', waitingPrefix .. issue, text(dueOf(id, fields, putOff, dueByGap)), id)
end

local function sendAgain(id, place, outcome, lastHad, dueByGap, pace)
  local fields = fieldsOf(subscriberPrefix .. id)
  if not fields['address'] or not startsWith(fields['series:' .. series] or '', 'active') then return 'ended' end
  if redis.call('HEXISTS', suppressed, id) == 1 then return 'suppressed' end
  if redis.call('HEXISTS', held, id) == 1 then return 'in-doubt' end
  local became = becameOf(fields)
  if became == 'accepted' then return 'had' end
  -- A copy that broke off may have arrived, whatever was said of the next one.
  if became == 'held' or fields[doubtField] then return 'in-doubt' end
  local way = detours.of(id) or { place }
  if not redis.call('ZSCORE', waitingPrefix .. place, id) or way[1] ~= place then return 'changed' end
  if became ~= outcome or latestAcceptance(fields, series, history) ~= lastHad or (fields['pace:' .. series] or '') ~= pace then return 'changed' end
  for i = 1, #way do
    if way[i] == issue then return 'coming-already' end
  end
  -- At an issue that was taken out there is nobody whose copy has not been begun.
  if not order[place] then return 'under-way' end
  if order[way[#way]] <= order[issue] then return 'coming-already' end

  local longer = wayWithIssue(way)
  if longer[1] == place then
    takeBack(id, became)
    detours.change(id, longer)
    return 'coming'
  end
  local stored = redis.call('HGET', claims, id)
  local claim = stored and cjson.decode(stored)
  if isTaken(claim, place) then return 'under-way' end
  takeBack(id, became)
  goBack(id, place, longer, fields, claim, dueByGap)
  return 'coming'
end

local answers = { 'ok' }
for i = 9, #ARGV, 6 do answers[#answers + 1] = sendAgain(unpack(ARGV, i, i + 5)) end
return answers
