-- Keep claims alive while their worker lives.
-- KEYS  waiting, claims
-- ARGV  clock offset ms, lease ms, then id, token for each
-- Returns 1 (still ours) or 0 for each
local waiting, claims = unpack(KEYS)
local time = redis.call('TIME')
local leaseEnd = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1]) + tonumber(ARGV[2])

local ids = {}
for i = 3, #ARGV, 2 do ids[#ids + 1] = ARGV[i] end
local stored = redis.call('HMGET', claims, unpack(ids))
local standing = redis.call('ZMSCORE', waiting, unpack(ids))

local function isOurs(id, record, token)
  if isFresh(record, token) then return true end
  local claim = decodeIfOurs(record, token)
  if claim and claim.missed then
    claim.missed = nil
    redis.call('HSET', claims, id, cjson.encode(claim))
  end
  return claim ~= nil
end

local kept, leases = {}, {}
for i, id in ipairs(ids) do
  kept[i] = standing[i] and stored[i] and isOurs(id, stored[i], ARGV[2 * i + 2]) and 1 or 0
  if kept[i] == 1 then leases[#leases + 1], leases[#leases + 2] = leaseEnd, id end
end
if #leases > 0 then redis.call('ZADD', waiting, 'XX', unpack(leases)) end
return kept
