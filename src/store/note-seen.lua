-- Notes that the ledger was seen now, unless it is not the one that the caller knows. The time never goes back, so that a clock
-- which does is not taken for a backup.
-- KEYS  meta
-- ARGV  instance, the oldest sighting the ledger may remember (ms)
-- Returns when it was seen (ms), or 0 (it is another ledger, an older one, or none)
local seen = redis.call('HMGET', KEYS[1], 'instance', 'seenAt')
if seen[1] ~= ARGV[1] or not seen[2] or tonumber(seen[2]) < tonumber(ARGV[2]) then return 0 end
local time = redis.call('TIME')
local at = math.max(tonumber(seen[2]), time[1] * 1000)
redis.call('HSET', KEYS[1], 'seenAt', string.format('%.0f', at))
return at
