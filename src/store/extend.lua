-- Keep claims alive while their worker lives.
-- KEYS  waiting, claims
-- ARGV  clock offset ms, lease ms, then all ids, then the token of each
-- Returns 1 (still ours) or 0 for each
local waiting, claims = unpack(KEYS)
local BEFORE, many = 2, (#ARGV - 2) / 2
local leaseEnd = leaseEndOf(redis.call('TIME'), ARGV[1], ARGV[2])
local stored = redis.call('HMGET', claims, unpack(ARGV, BEFORE + 1, BEFORE + many))
local standing = redis.call('ZMSCORE', waiting, unpack(ARGV, BEFORE + 1, BEFORE + many))

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
for n = 1, many do
  local id = ARGV[BEFORE + n]
  kept[n] = standing[n] and stored[n] and isOurs(id, stored[n], ARGV[BEFORE + many + n]) and 1 or 0
  if kept[n] == 1 then leases[#leases + 1], leases[#leases + 2] = leaseEnd, id end
end
if #leases > 0 then redis.call('ZADD', waiting, 'XX', unpack(leases)) end
return kept
