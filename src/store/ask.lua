-- Count what somebody asks for on a day, unless they have asked often enough.
-- KEYS  subscriber
-- ARGV  clock offset ms, counter without its day, most times a day
-- Returns asked | too-often | unknown (nobody is known by that id)
local DAY_MS = 86400000
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
if redis.call('HEXISTS', KEYS[1], 'address') == 0 then return 'unknown' end
local counter = ARGV[2] .. ':' .. math.floor(now / DAY_MS)
if tonumber(redis.call('GET', counter) or '0') >= tonumber(ARGV[3]) then return 'too-often' end
redis.call('INCR', counter)
redis.call('PEXPIRE', counter, DAY_MS)
return 'asked'
