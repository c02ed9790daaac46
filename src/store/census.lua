-- Count who waits where, and read the counters at the same moment: only so do they add up while mail is going out.
-- KEYS  plan, counts (only where the counters are wanted)
-- ARGV  clock offset ms, revision, waiting prefix, prefix of those who stand apart, then places
-- Returns {'stale-plan'} | {'ok', counters as a flat list, then per place: waiting, due now, earliest due ms or '', and of the waiting:
--         put off, in doubt}
local revision, waitingPrefix, apartPrefix = ARGV[2], ARGV[3], ARGV[4]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
if (redis.call('HGET', KEYS[1], 'revision') or '0') ~= revision then return { 'stale-plan' } end

local result = { 'ok', KEYS[2] and redis.call('HGETALL', KEYS[2]) or {} }
for i = 5, #ARGV do
  local waiting = waitingPrefix .. ARGV[i]
  local first = redis.call('ZRANGE', waiting, 0, 0, 'WITHSCORES')
  result[#result + 1] = redis.call('ZCARD', waiting)
  result[#result + 1] = first[2] and tonumber(first[2]) <= now and redis.call('ZCOUNT', waiting, '-inf', now) or 0
  result[#result + 1] = first[2] or ''
  result[#result + 1] = redis.call('ZCARD', apartPrefix .. 'deferred:' .. ARGV[i])
  result[#result + 1] = redis.call('ZCARD', apartPrefix .. 'doubted:' .. ARGV[i])
end
return result
