-- Buckets of mails. Each has two counts: `take` is the promise, counted when a mail leaves; `room` and `screen` only plan who comes next, in
-- fair shares, so that what cannot leave soon is not claimed or is put off.
-- KEYS  who is limited, then a bucket and its shares for each bucket
-- ARGV  clock offset ms, request as JSON: what = room | back | screen | take | letter, series ('' = none), hadSome (for back: not all of it), and for each bucket
--       n, isAll (the transport's: every mail counts in it) and its limits: most, period ms (or start day, first, growth), and what to call it
-- Returns for each bucket how many may, ms until there is room, ms from one to the next, what keeps them. For `take` the first bucket is the transport's,
-- where there is one; its n are the mails that no other bucket counts.
local limitedKey = KEYS[1]
local request = cjson.decode(ARGV[2])
local what, series = request.what, request.series
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000 + tonumber(ARGV[1])

local isPlan = what == 'room' or what == 'back' or what == 'screen'
local buckets = openBuckets(now, isPlan, what == 'letter')
local shares = openShares(now, series)

local function noteLimited(seen, untilMs)
  redis.call('HSET', limitedKey, series, string.format('%.0f %.0f %s', untilMs, now + seen.wait, seen.says))
  redis.call('PEXPIRE', limitedKey, 2 * DAY)
end

local function plan(bucket, key, sharesKey)
  local seen = buckets.lookInto(bucket, key)
  local given = shares.of(sharesKey)
  local may = math.min(bucket.n, seen.room, math.max(0, math.floor(given.lead + buckets.aheadAtMost(bucket))))
  local own = given.own
  own.given = own.given + may
  own.wantsUntil = may < bucket.n and now + FRESH or 0
  local wait, step = math.max(seen.wait, seen.step), 0
  if what == 'screen' and may < bucket.n then
    wait, step = shares.book(own, seen, given.rivals, bucket.n - may)
    noteLimited(seen, math.max(now + 10 * SECOND, own.bookedUntil))
  elseif may == 0 then
    noteLimited(seen, now + math.max(10 * SECOND, seen.wait))
  end
  shares.keep(sharesKey, given)
  if may > 0 then buckets.countIn(bucket, key, may) end
  return may, wait, step, seen.says
end

-- Whoever gives some back has nobody else in this partition; where there was somebody, others are likely in the next ones. A bucket holds
-- what a second brings, so that nothing is lost when they are waited for in vain.
local function giveBack(bucket, key, sharesKey)
  local given = shares.of(sharesKey)
  if given.clock == given.own.given then given.clock = given.clock - bucket.n end
  given.own.given = given.own.given - bucket.n
  given.own.wantsUntil = request.hadSome and now + SECOND or 0
  shares.keep(sharesKey, given)
  buckets.countIn(bucket, key, -bucket.n)
end

local answer = {}
local function say(may, wait, step, says)
  answer[#answer + 1] = may
  answer[#answer + 1] = math.ceil(wait)
  answer[#answer + 1] = tostring(step)
  answer[#answer + 1] = says or ''
end

if isPlan then
  for i, bucket in ipairs(request.buckets) do
    if what == 'back' then giveBack(bucket, KEYS[2 * i], KEYS[2 * i + 1])
    else say(plan(bucket, KEYS[2 * i], KEYS[2 * i + 1])) end
  end
  return answer
end

local first = request.buckets[1]
local all = first.isAll and buckets.lookInto(first, KEYS[2]) or { room = math.huge, wait = 0 }
local together = 0
for i, bucket in ipairs(request.buckets) do
  local seen = bucket.isAll and all or buckets.lookInto(bucket, KEYS[2 * i])
  local may = math.min(bucket.n, seen.room, all.room - together)
  together = together + may
  if may > 0 and not bucket.isAll then buckets.countIn(bucket, KEYS[2 * i], may) end
  local tighter = (seen.wait > all.wait or not all.says) and seen or all
  if may < bucket.n and series ~= '' then noteLimited(tighter, now + 10 * SECOND) end
  say(may, tighter.wait, 0, tighter.says)
end
if first.isAll and together > 0 then buckets.countIn(first, KEYS[2], together) end
return answer
