-- Bring a partition from one revision of a series' plan to the next: state, release times, and readers to their new places.
-- KEYS  plan, claims, counts
-- ARGV  from revision, to revision, state, start ms, waiting prefix, prefix of those who stand apart, number of releases, (issue, release ms)…, (from, to)…
-- Returns 'done' | 'current' (was there already, or further) | 'behind' (is not at the revision before)
local plan, claims, counts = unpack(KEYS)
local from, to, state, startAt, waitingPrefix, apartPrefix = unpack(ARGV)
local revision = redis.call('HGET', plan, 'revision') or '0'
if tonumber(revision) >= tonumber(to) then return 'current' end
if revision ~= from then return 'behind' end

local releases = tonumber(ARGV[7])
redis.call('DEL', plan)
redis.call('HSET', plan, 'revision', to, 'state', state, 'startAt', startAt)
for i = 8, 7 + releases * 2, 2 do redis.call('HSET', plan, 'release:' .. ARGV[i], ARGV[i + 1]) end

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
for i = 8 + releases * 2, #ARGV, 2 do moves[#moves + 1] = { from = ARGV[i], to = ARGV[i + 1] } end

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
