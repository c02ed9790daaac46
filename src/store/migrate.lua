-- Bring a partition from one revision of a series' plan to the next: state, release times, and readers to their new places.
-- KEYS  plan, claims, counts, held, detours
-- ARGV  from revision, to revision, state, start ms, waiting prefix, prefix of those who stand apart, issues in order as a JSON list,
--       number of releases, (issue, release ms)…, (from, to)…
-- Returns 'done' | 'current' (was there already, or further) | 'behind' (is not at the revision before)
local plan, claims, counts, held = unpack(KEYS)
local detours = openDetours(KEYS[5], counts)
local from, to, state, startAt, waitingPrefix, apartPrefix, live = unpack(ARGV)
local revision = redis.call('HGET', plan, 'revision') or '0'
if tonumber(revision) >= tonumber(to) then return 'current' end
if revision ~= from then return 'behind' end

local releases = tonumber(ARGV[8])
redis.call('DEL', plan)
redis.call('HSET', plan, 'revision', to, 'state', state, 'startAt', startAt)
for i = 9, 8 + releases * 2, 2 do redis.call('HSET', plan, 'release:' .. ARGV[i], ARGV[i + 1]) end

-- A copy under way, or of unknown fate, is settled where it was begun. A claim that has submitted nothing loses its reader:
-- submit looks for them in the old set.
local staying = {}
local stored = redis.call('HGETALL', claims)
for i = 1, #stored, 2 do
  local claim = cjson.decode(stored[i + 1])
  if claim.state == 'submitting' or claim.doubted then staying[stored[i]] = claim.issue end
end

local function temporary(place) return waitingPrefix .. '@moving:' .. place end

local moves = {}
for i = 9 + releases * 2, #ARGV, 2 do moves[#moves + 1] = { from = ARGV[i], to = ARGV[i + 1] } end

-- Who is on a detour has had what lies between: what is put in there is not for them. They stand aside while others move.
local onDetour = {}
local ways = #moves > 0 and redis.call('HGETALL', KEYS[5]) or {}
for i = 1, #ways, 2 do
  local id, way = ways[i], cjson.decode(ways[i + 1])
  local score = redis.call('ZSCORE', waitingPrefix .. way[1], id)
  if score then redis.call('ZREM', waitingPrefix .. way[1], id) end
  onDetour[#onDetour + 1] = { id = id, way = way, score = score }
end

-- Two steps, so that two places that follow each other do not run together.
for _, move in ipairs(moves) do
  local source = waitingPrefix .. move.from
  for id, issue in pairs(staying) do
    if issue == move.from then
      local score = redis.call('ZSCORE', source, id)
      if score then
        redis.call('ZADD', temporary('staying'), score, id)
        redis.call('ZREM', source, id)
      end
    end
  end
  move.count = redis.call('ZCARD', source)
  if move.count > 0 then redis.call('RENAME', source, temporary(move.from)) end
  if redis.call('EXISTS', temporary('staying')) == 1 then redis.call('RENAME', temporary('staying'), source) end
end
for _, move in ipairs(moves) do
  if move.count > 0 then
    local target = waitingPrefix .. move.to
    if redis.call('EXISTS', target) == 0 then
      redis.call('RENAME', temporary(move.from), target)
    else
      redis.call('ZUNIONSTORE', target, 2, target, temporary(move.from), 'AGGREGATE', 'MAX')
      redis.call('DEL', temporary(move.from))
    end
    redis.call('HINCRBY', counts, move.from .. ':entered', -move.count)
    redis.call('HINCRBY', counts, move.to .. ':entered', move.count)
  end
end

-- Where they go on moves with those who wait there. Issues that were taken out, or now come after that, are left out, and the rest comes in
-- its new order; but a copy under way, or of unknown fate, is settled first.
local order, newPlace = {}, {}
for index, issue in ipairs(cjson.decode(live)) do order[issue] = index end
for _, move in ipairs(moves) do newPlace[move.from] = move.to end

local function newWay(id, way)
  local first = (staying[id] == way[1] or redis.call('HEXISTS', held, id) == 1) and way[1] or nil
  local goesOnAt = newPlace[way[#way]] or way[#way]
  local rest = {}
  for i = first and 2 or 1, #way - 1 do
    if order[way[i]] and order[way[i]] < (order[goesOnAt] or math.huge) then rest[#rest + 1] = way[i] end
  end
  table.sort(rest, function(a, b) return order[a] < order[b] end)
  if first then table.insert(rest, 1, first) end
  rest[#rest + 1] = goesOnAt
  return rest
end

for _, reader in ipairs(onDetour) do
  local way = newWay(reader.id, reader.way)
  detours.change(reader.id, way)
  if reader.score then redis.call('ZADD', waitingPrefix .. way[1], reader.score, reader.id) end
  if way[1] ~= reader.way[1] then
    redis.call('HINCRBY', counts, reader.way[1] .. ':entered', -1)
    redis.call('HINCRBY', counts, way[1] .. ':entered', 1)
  end
end

-- Whoever goes on to another issue begins there anew, and was put off by nobody.
local function standApartWhere(id, claim)
  local deferred, doubted = apartPrefix .. 'deferred:' .. claim.issue, apartPrefix .. 'doubted:' .. claim.issue
  local kind = claim.doubted and doubted or claim.attempt > 1 and deferred
  if kind and redis.call('ZSCORE', waitingPrefix .. claim.issue, id) then
    redis.call('ZADD', kind, 'NX', 0, id)
  else
    redis.call('ZREM', deferred, id)
    redis.call('ZREM', doubted, id)
  end
end
for i = 1, #moves > 0 and #stored or 0, 2 do standApartWhere(stored[i], cjson.decode(stored[i + 1])) end
return 'done'
