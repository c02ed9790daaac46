-- Readers who were put off, or are in doubt, need not wait for their next try any longer: they are due now. Nobody is moved who is being
-- tried, has a break, or waits for something else than the retry.
-- KEYS  waiting, claims
-- ARGV  clock offset ms, series, issue, subscriber prefix, then ids
-- Returns for each: due | due-already | under-way | resting | waiting | gone
local waiting, claims = unpack(KEYS)
local series, issue, subscriberPrefix = unpack(ARGV, 2)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])

-- A claim record keeps fourteen digits of its times.
local SAME_MS = 1

local function retry(id)
  local score = tonumber(redis.call('ZSCORE', waiting, id) or nil)
  local stored = redis.call('HGET', claims, id)
  local claim = stored and cjson.decode(stored)
  if not score or not claim or claim.issue ~= issue then return 'gone' end
  if claim.token then return 'under-way' end
  if score <= now then return 'due-already' end
  if tonumber(redis.call('HGET', subscriberPrefix .. id, 'paused:' .. series) or '0') > now then return 'resting' end
  if not claim.retryAt or score > claim.retryAt + SAME_MS then return 'waiting' end
  -- Kept in step, so that a break that begins and ends does not bring the old time back.
  claim.retryAt = now
  redis.call('HSET', claims, id, cjson.encode(claim))
  redis.call('ZADD', waiting, string.format('%.0f', now), id)
  return 'due'
end

local answers = {}
for i = 5, #ARGV do answers[#answers + 1] = retry(ARGV[i]) end
return answers
