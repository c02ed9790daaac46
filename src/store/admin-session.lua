-- Whether a session is one: known, under this secret and this generation, seen within the idle time, and not too old. Notes that it was seen.
-- KEYS  session, generation
-- ARGV  clock offset ms, mark of the secret, idle ms, most ms, note at most every ms
-- Returns when it began (ms), or 0: it is over, and forgotten.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
local mark, idle, most, every = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

local session = redis.call('HMGET', KEYS[1], 'startedAt', 'seenAt', 'mark', 'generation')
if not session[1] then return 0 end
local startedAt, seenAt = tonumber(session[1]), tonumber(session[2])
local isCurrent = session[3] == mark and session[4] == (redis.call('GET', KEYS[2]) or '0')
if not isCurrent or now - startedAt > most or now - seenAt > idle then
  redis.call('DEL', KEYS[1])
  return 0
end
if now - seenAt >= every then
  -- A Redis that is full takes no note; whoever comes to mend that must get in all the same.
  redis.pcall('HSET', KEYS[1], 'seenAt', now)
  redis.pcall('PEXPIRE', KEYS[1], math.min(idle, startedAt + most - now))
end
return startedAt
