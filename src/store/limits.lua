-- Count one sign-up in every window it falls into, or in none. Windows slide: no stretch of a window's length has more than its most.
-- An address that has had its letters is not told: the sign-up counts everywhere else, and no letter goes out.
-- KEYS  address, network, domain, overall
-- ARGV  clock offset ms, request id, address: most, ms, most, ms, then most, ms for each other key
-- Returns {'taken', now ms, 1 (a letter may go out) or 0} | {'busy', ms until there is room in all, network | domain | overall}
local request = ARGV[2]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])

-- How many are in a window beyond what leaves room for one more; negative = there is room.
local function surplusOf(key, most, within)
  -- A command that was sent again after a lost connection finds its place taken.
  local isCounted = redis.call('ZSCORE', key, request)
  local surplus = redis.call('ZCOUNT', key, '(' .. now - within, '+inf') - most
  return isCounted and -1 or surplus
end

local function msUntilRoom(key, most, within)
  local surplus = surplusOf(key, most, within)
  if surplus < 0 then return 0 end
  local leaving = redis.call('ZRANGEBYSCORE', key, '(' .. now - within, '+inf', 'WITHSCORES', 'LIMIT', surplus, 1)
  return leaving[2] and leaving[2] + within - now or within
end

-- XX adds nothing, and is as much work as NX.
local function count(key, within, isTaken)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - within)
  redis.call('ZADD', key, isTaken and 'NX' or 'XX', now, request)
  redis.call('PEXPIRE', key, within)
end

local names = { 'network', 'domain', 'overall' }
local wait, full = 0, nil
for i, name in ipairs(names) do
  local ms = msUntilRoom(KEYS[1 + i], tonumber(ARGV[5 + 2 * i]), tonumber(ARGV[6 + 2 * i]))
  if ms > wait then wait, full = ms, name end
end
if full then return { 'busy', wait, full } end

for i = 1, #names do count(KEYS[1 + i], tonumber(ARGV[6 + 2 * i]), true) end
local mayHaveLetter = true
for i = 3, 5, 2 do
  if surplusOf(KEYS[1], tonumber(ARGV[i]), tonumber(ARGV[i + 1])) >= 0 then mayHaveLetter = false end
end
count(KEYS[1], math.max(tonumber(ARGV[4]), tonumber(ARGV[6])), mayHaveLetter)
return { 'taken', now, mayHaveLetter and 1 or 0 }
