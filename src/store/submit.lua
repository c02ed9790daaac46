-- The last look before the message leaves: still this claim, still here, series still running? Then note that from now on
-- the outcome may be unknowable. Written before DATA, so a crash before it is known to have sent nothing.
-- KEYS  plan, waiting, claims
-- ARGV  clock offset ms, lease ms, then id, token for each
-- Returns 1 (send it) or 0 (it is not ours any more) for each
local plan, waiting, claims = unpack(KEYS)
local time = redis.call('TIME')
local leaseEnd = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1]) + tonumber(ARGV[2])
local isRunning = redis.call('HGET', plan, 'state') == 'running'

local ids = {}
for i = 3, #ARGV, 2 do ids[#ids + 1] = ARGV[i] end
local stored = redis.call('HMGET', claims, unpack(ids))
local standing = redis.call('ZMSCORE', waiting, unpack(ids))

local granted, records, leases = {}, {}, {}
for i, id in ipairs(ids) do
  local record = isRunning and standing[i] and stored[i] and submittedRecord(stored[i], ARGV[2 * i + 2])
  granted[i] = record and 1 or 0
  if record then
    records[#records + 1], records[#records + 2] = id, record
    leases[#leases + 1], leases[#leases + 2] = leaseEnd, id
  end
end
if #records > 0 then
  redis.call('HSET', claims, unpack(records))
  redis.call('ZADD', waiting, unpack(leases))
end
return granted
