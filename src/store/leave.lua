-- End a subscription. Takes effect on queued mail at once: the claim's token is gone with it.
-- KEYS  claims, counts, held, finished, detours
-- ARGV  clock offset ms, series, waiting prefix, subscriber key, id, reason, prefix of those who stand apart, then every place of the series
-- Returns 1 when the subscription was active, else 0
local claims, counts, held, finished = unpack(KEYS)
local detours = openDetours(KEYS[5], counts)
local series, waitingPrefix, subscriber, id, reason, apartPrefix = unpack(ARGV, 2)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])

local pausedUntil = tonumber(redis.call('HGET', subscriber, 'paused:' .. series) or '0')
for i = 8, #ARGV do
  local due = redis.call('ZSCORE', waitingPrefix .. ARGV[i], id)
  if due then
    redis.call('ZREM', waitingPrefix .. ARGV[i], id)
    redis.call('HINCRBY', counts, ARGV[i] .. ':left', 1)
    redis.call('ZREM', apartPrefix .. 'deferred:' .. ARGV[i], id)
    redis.call('ZREM', apartPrefix .. 'doubted:' .. ARGV[i], id)
    -- Leaving and coming back does not shorten the gap. Of who has paused it is kept already, or over, unless a mail was going over just then:
    -- then the place it led to has the gap, where all others have the end of the break, which is not for who comes back.
    local isKept = pausedUntil > now and (tonumber(due) == pausedUntil or redis.call('HEXISTS', subscriber, 'due:' .. series) == 1)
    if tonumber(due) > now and not isKept and redis.call('EXISTS', subscriber) == 1 then
      redis.call('HSET', subscriber, 'due:' .. series, due)
    end
  end
  if reason == 'erased' then redis.call('ZREM', apartPrefix .. 'rejected:' .. ARGV[i], id) end
end
redis.call('ZREM', finished, id)
detours.change(id, nil)
-- A copy that is going over just now will still be put on record, so that coming back brings no second one. One that may have gone
-- over keeps its bytes: whoever comes back gets the same again.
local claimed = redis.call('HGET', claims, id)
local claim = claimed and cjson.decode(claimed)
if claim and (reason == 'erased' or claim.state ~= 'submitting') then
  redis.call('HDEL', claims, id)
  if claim.doubted and reason ~= 'erased' then
    claim.state = 'uncertain'
    claim.token = nil
    redis.call('HSET', claims, id, cjson.encode(claim))
  end
end
local stored = redis.call('HGET', held, id)
if stored then
  redis.call('HDEL', held, id)
  local issue = cjson.decode(stored).issue
  redis.call('HINCRBY', counts, issue .. ':held', -1)
  redis.call('HINCRBY', counts, issue .. ':left', 1)
end

local membership = redis.call('HGET', subscriber, 'series:' .. series)
if not membership or membership:sub(1, 6) ~= 'active' then return 0 end
redis.call('HSET', subscriber, 'series:' .. series, 'ended ' .. now .. ' ' .. reason)
redis.call('HINCRBY', counts, 'ended', 1)
return 1
