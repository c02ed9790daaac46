-- The operator decides about one delivery of unknown outcome: send it again, or take it as accepted.
-- KEYS  plan, claims, held, counts, finished, detours, codes
-- ARGV  clock offset ms, revision, series, id, again|accepted, next place (unless they are on a detour), next due ms, waiting prefix, subscriber key, whether to note
--       who has finished (1 or 0), prefix of those who stand apart
-- Returns {'stale-plan'} | {'ok', 1 or 0 (nothing was held)}
local plan, claims, held, counts, finished = unpack(KEYS)
local detours, history = openDetours(KEYS[6], counts), openHistory(KEYS[7])
local revision, series, id, decision, nextPlace, due, waitingPrefix, subscriber, notesFinished, apartPrefix = unpack(ARGV, 2)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
if redis.call('HGET', plan, 'revision') ~= revision then return { 'stale-plan' } end

local stored = redis.call('HGET', held, id)
if not stored then return { 'ok', 0 } end
local claim = cjson.decode(stored)
redis.call('HDEL', held, id)
redis.call('HINCRBY', counts, claim.issue .. ':held', -1)
if decision == 'again' then
  claim.state = 'deferred'
  redis.call('HSET', claims, id, cjson.encode(claim))
  redis.call('ZADD', apartPrefix .. 'doubted:' .. claim.issue, now, id)
  redis.call('ZADD', waitingPrefix .. claim.issue, now, id)
  local field = 'issue:' .. series .. ':' .. claim.issue
  if (redis.call('HGET', subscriber, field) or ''):sub(1, 4) == 'held' then redis.call('HDEL', subscriber, field) end
else
  local place = detours.onwards(id, nextPlace)
  redis.call('HINCRBY', counts, claim.issue .. ':accepted', 1)
  redis.call('HINCRBY', counts, place .. ':entered', 1)
  redis.call('ZADD', waitingPrefix .. place, due, id)
  local name = series .. ':' .. claim.issue
  history.accept(subscriber, name, now, '', unpack(redis.call('HMGET', subscriber, 'issue:' .. name, 'h', 'h+'), 1, 3))
  if nextPlace == '@end' and notesFinished == '1' and redis.call('HSETNX', subscriber, 'finished:' .. series, now) == 1 then
    redis.call('ZADD', finished, now, id)
  end
end
return { 'ok', 1 }
