-- The last look before the message leaves: still this claim, still here, series still running? Then note that from now on
-- the outcome may be unknowable. Written before DATA, so a crash before it is known to have sent nothing.
-- KEYS  plan, waiting, claims
-- ARGV  clock offset ms, lease ms, then id, token for each
-- Returns 1 (send it) or 0 (it is not ours any more) for each
local plan, waiting, claims = unpack(KEYS)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
local isRunning = redis.call('HGET', plan, 'state') == 'running'

local granted = {}
for i = 3, #ARGV, 2 do
  local id, token = ARGV[i], ARGV[i + 1]
  local stored = redis.call('HGET', claims, id)
  local claim = stored and cjson.decode(stored)
  local isOurs = isRunning and claim and tostring(claim.token) == token and redis.call('ZSCORE', waiting, id)
  if isOurs then
    claim.state = 'submitting'
    claim.tried = true
    redis.call('HSET', claims, id, cjson.encode(claim))
    redis.call('ZADD', waiting, now + tonumber(ARGV[2]), id)
  end
  granted[#granted + 1] = isOurs and 1 or 0
end
return granted
