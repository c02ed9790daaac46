-- Put readers into a series. Idempotent: who is in already stays where they are.
-- KEYS  plan, suppressed, counts, claims, codes, sources
-- ARGV  clock offset ms, revision ('0' = no plan yet), series, waiting prefix, subscriber prefix, prefix of those who stand apart, consent source,
--       may come back (1) or only by consenting after having left (0), issues as a JSON list in order, each with its id and whether
--       it is retired, place, due ms ('' = now), then for each reader id, address, name, consent ms ('' = now), and '' or as JSON what is
--       their own: place and due, pace, language
-- Returns {'stale-plan'} | {'ok', added | known | rejoined | left (and did not agree anew) | suppressed for each}
local plan, suppressed, counts, claims = unpack(KEYS)
local revision, series, waitingPrefix, subscriberPrefix, apartPrefix, source, mayComeBack = unpack(ARGV, 2, 8)
local issues = cjson.decode(ARGV[9])
local history, shortSource = openHistory(KEYS[5]), openSources(KEYS[6])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
if (redis.call('HGET', plan, 'revision') or '0') ~= revision then return { 'stale-plan' } end

-- Who comes back goes on after what they have had, or may have had when the operator wanted no second copy: nothing is sent twice.
local function placeAgain(subscriber, place)
  if place == '@start' or place == '@end' then return place end
  local furthest = 0
  for index, issue in ipairs(issues) do
    local outcome = history.outcomeOf(subscriber, series .. ':' .. issue.id)
    if outcome == 'accepted' or outcome == 'held' then furthest = index end
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

-- Who was refused an issue and comes back to it is one reader of it, and not two.
local COUNTED = { rejected = 'rejected', skipped = 'suppressed' }
local function beginAnew(id, subscriber, place)
  local field = 'issue:' .. series .. ':' .. place
  local counted = COUNTED[(redis.call('HGET', subscriber, field) or ''):match('^%a+')]
  if not counted then return end
  redis.call('HDEL', subscriber, field)
  redis.call('ZREM', apartPrefix .. 'rejected:' .. place, id)
  redis.call('HINCRBY', counts, place .. ':' .. counted, -1)
  redis.call('HINCRBY', counts, place .. ':' .. counted .. 'Again', 1)
  redis.call('HINCRBY', counts, place .. ':entered', -1)
end

local MEMBERSHIP, CONSENT = 'series:' .. series, 'consent:' .. series
local DUE, PAUSED, PACE = 'due:' .. series, 'paused:' .. series, 'pace:' .. series

-- The same for all of them.
local from
local function consentSource()
  from = from or shortSource(source)
  return from
end

-- Written first, because at maxmemory it is refused, and nothing has been done then.
local function note(subscriber, person, address, name, consentAt, own)
  local fields = { MEMBERSHIP, 'active ' .. now, CONSENT, (consentAt == '' and now or consentAt) .. ' ' .. consentSource() }
  local function add(field, value)
    fields[#fields + 1] = field
    fields[#fields + 1] = value
  end
  if not person.address then add('address', address) end
  if name ~= '' then add('name', name) end
  if own.language then add('language', own.language) end
  if own.pace then add(PACE, own.pace) end
  redis.call('HSET', subscriber, unpack(fields))
  -- Whoever comes back begins a new subscription: an old pause or pace is not part of it.
  if person.pace and not own.pace then redis.call('HDEL', subscriber, PACE) end
  if person.paused then redis.call('HDEL', subscriber, PAUSED) end
  if person.due then redis.call('HDEL', subscriber, DUE) end
end

local COMMON = { place = ARGV[10], due = ARGV[11] }
local NOTHING_OWN = {}
local waiting = {}
local function stand(id, place, due, kept)
  local set = waiting[place]
  if not set then
    set = {}
    waiting[place] = set
  end
  set[#set + 1] = math.max(due == '' and now or tonumber(due), tonumber(kept or 0))
  set[#set + 1] = id
end

local function join(id, address, name, consentAt, ownJson)
  local subscriber = subscriberPrefix .. id
  local found = redis.call('HMGET', subscriber, 'address', 'name', MEMBERSHIP, DUE, PAUSED, PACE)
  local person = { address = found[1], due = found[4], paused = found[5], pace = found[6] }
  local membership = found[3]
  if membership and membership:sub(1, 6) == 'active' then
    if name ~= '' and name ~= found[2] then redis.call('HSET', subscriber, 'name', name) end
    return 'known'
  end
  local leftAt = membership and tonumber(membership:match('^ended (%d+)'))
  if leftAt and mayComeBack == '0' and not (consentAt ~= '' and tonumber(consentAt) > leftAt) then return 'left' end
  local own = ownJson == '' and NOTHING_OWN or cjson.decode(ownJson)
  note(subscriber, person, address, name, consentAt, own)
  local terms = own.place and own or COMMON
  local place = terms.place
  if membership then
    place = placeUnderWay(id) or placeAgain(subscriber, place)
    beginAnew(id, subscriber, place)
  end
  stand(id, place, terms.due or '', person.due)
  return membership and 'rejoined' or 'added'
end

local FIRST, WIDTH = 12, 5
-- Lua hands a command some thousands of arguments at most.
local AT_ONCE = 500 * WIDTH

local function whoIsSuppressed(from, to)
  local ids = {}
  for i = from, to, WIDTH do ids[#ids + 1] = ARGV[i] end
  return redis.call('HMGET', suppressed, unpack(ids))
end

local function placeAll()
  local joined = 0
  for place, set in pairs(waiting) do
    redis.call('ZADD', waitingPrefix .. place, unpack(set))
    redis.call('HINCRBY', counts, place .. ':entered', #set / 2)
    joined = joined + #set / 2
  end
  if joined > 0 then redis.call('HINCRBY', counts, 'joined', joined) end
  waiting = {}
end

local results = { 'ok' }
for from = FIRST, #ARGV, AT_ONCE do
  local to = math.min(from + AT_ONCE - 1, #ARGV)
  local suppressions = whoIsSuppressed(from, to)
  for i = from, to, WIDTH do
    local isSuppressed = suppressions[(i - from) / WIDTH + 1]
    results[#results + 1] = isSuppressed and 'suppressed' or join(unpack(ARGV, i, i + WIDTH - 1))
  end
  placeAll()
end
return results
