-- One try of the admin secret, judged only when nobody has to wait for earlier ones that were wrong.
-- KEYS  attempts of the network, attempts in all, whether the network has known the secret
-- ARGV  clock offset ms, 1 (it is the secret) or 0, attempts kept ms, known kept ms,
--       then for the network and for all: how many are free, the first wait ms, the longest wait ms
-- Returns {'right' | 'wrong'} | {'later', ms to wait, whatever was typed}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
local isRight, kept, knownFor = ARGV[2] == '1', tonumber(ARGV[3]), tonumber(ARGV[4])

-- Each wrong try beyond the free ones doubles the wait.
local function msToWait(key, first)
  local free, least, most = tonumber(ARGV[first]), tonumber(ARGV[first + 1]), tonumber(ARGV[first + 2])
  local tried = redis.call('HMGET', key, 'count', 'at')
  local beyond = tonumber(tried[1] or 0) - free
  if beyond < 0 then return 0 end
  return tonumber(tried[2]) + math.min(most, least * 2 ^ math.min(beyond, 30)) - now
end

local wait = msToWait(KEYS[1], 5)
-- A crowd of strangers must not keep out whoever comes from where the secret is known.
if redis.call('EXISTS', KEYS[3]) == 0 then wait = math.max(wait, msToWait(KEYS[2], 8)) end
if wait > 0 then return { 'later', wait } end

if isRight then
  redis.call('DEL', KEYS[1])
  -- A Redis that is full takes no note, and what is right stays right.
  redis.pcall('SET', KEYS[3], 1, 'PX', knownFor)
  return { 'right' }
end
for i = 1, 2 do
  redis.call('HINCRBY', KEYS[i], 'count', 1)
  redis.call('HSET', KEYS[i], 'at', now)
  redis.call('PEXPIRE', KEYS[i], kept)
end
return { 'wrong' }
