-- Keep claims alive while their worker lives.
-- KEYS  waiting, claims
-- ARGV  clock offset ms, lease ms, then id, token for each
-- Returns 1 (still ours) or 0 for each
local waiting, claims = unpack(KEYS)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])

local function extend(id, token)
  local stored = redis.call('HGET', claims, id)
  local claim = stored and cjson.decode(stored)
  if not claim or tostring(claim.token) ~= token or not redis.call('ZSCORE', waiting, id) then return 0 end
  redis.call('ZADD', waiting, 'XX', now + tonumber(ARGV[2]), id)
  if claim.missed then
    claim.missed = nil
    redis.call('HSET', claims, id, cjson.encode(claim))
  end
  return 1
end

local kept = {}
for i = 3, #ARGV, 2 do kept[#kept + 1] = extend(ARGV[i], ARGV[i + 1]) end
return kept
