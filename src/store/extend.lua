-- Keep claims alive while their worker lives.
-- KEYS  waiting, claims
-- ARGV  clock offset ms, lease ms, then id, token for each
-- Returns how many were still ours
local waiting, claims = unpack(KEYS)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
local extended = 0
for i = 3, #ARGV, 2 do
  local stored = redis.call('HGET', claims, ARGV[i])
  if stored and tostring(cjson.decode(stored).token) == ARGV[i + 1] and redis.call('ZSCORE', waiting, ARGV[i]) then
    redis.call('ZADD', waiting, 'XX', now + tonumber(ARGV[2]), ARGV[i])
    extended = extended + 1
  end
end
return extended
