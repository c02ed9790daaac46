-- The last look before the message leaves: still this claim, still here, series still running? Then note that from now on
-- the outcome may be unknowable. Written before DATA, so a crash before it is known to have sent nothing.
-- KEYS  plan, waiting, claims
-- ARGV  clock offset ms, lease ms, then all ids, then the token of each
-- Returns 1 (send it) or 0 (it is not ours any more) for each
local plan, waiting, claims = unpack(KEYS)
local BEFORE, many = 2, (#ARGV - 2) / 2
local leaseEnd = leaseEndOf(redis.call('TIME'), ARGV[1], ARGV[2])
local isRunning = redis.call('HGET', plan, 'state') == 'running'
local stored = redis.call('HMGET', claims, unpack(ARGV, BEFORE + 1, BEFORE + many))

local granted, submitted, leases = {}, {}, {}
for n = 1, many do
  submitted[n] = isRunning and stored[n] and submittedRecord(stored[n], ARGV[BEFORE + many + n])
  granted[n] = submitted[n] and 1 or 0
  if submitted[n] then leases[#leases + 1], leases[#leases + 2] = leaseEnd, ARGV[BEFORE + n] end
end
if #leases == 0 then return granted end

-- Who is not here any more is not put back. Mostly all are, and then none of them need be asked for.
if redis.call('ZADD', waiting, 'XX', 'CH', unpack(leases)) < #leases / 2 then
  local standing = redis.call('ZMSCORE', waiting, unpack(ARGV, BEFORE + 1, BEFORE + many))
  for n = 1, many do
    if not standing[n] then granted[n] = 0 end
  end
end

local records = {}
for n = 1, many do
  if granted[n] == 1 then records[#records + 1], records[#records + 2] = ARGV[BEFORE + n], submitted[n] end
end
if #records > 0 then redis.call('HSET', claims, unpack(records)) end
return granted
