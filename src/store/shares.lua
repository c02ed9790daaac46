-- What series have been given of a bucket, so that all who wait have about the same.

-- Longer than a series needs to ask again, short enough that one which has gone costs the others little.
local FRESH = 3000
local LONGEST_WAIT = 1800000
local KEPT = 3600000

local function openShares(now, series)
  -- Start-time fair queueing: each series counts what it was given, and may not be far ahead of another one that has been refused. One that
  -- comes anew begins where the others are.
  local function sharesIn(key)
    local shares = { clock = 0, of = {} }
    local all = redis.call('HGETALL', key)
    for i = 1, #all, 2 do
      if all[i] == '@clock' then
        shares.clock = tonumber(all[i + 1])
      else
        local given, wantsUntil, seenAt, bookedUntil = all[i + 1]:match('^(%S+) (%S+) (%S+) (%S+)$')
        shares.of[all[i]] = { given = tonumber(given), wantsUntil = tonumber(wantsUntil), seenAt = tonumber(seenAt), bookedUntil = tonumber(bookedUntil) }
      end
    end
    local own = shares.of[series] or { given = 0, wantsUntil = 0, seenAt = 0, bookedUntil = 0 }
    own.bookedUntil = math.min(own.bookedUntil, now + LONGEST_WAIT)
    if now - own.seenAt > FRESH then own.given = math.max(own.given, shares.clock) end
    shares.own = own
    shares.rivals, shares.lead = 0, math.huge
    for name, other in pairs(shares.of) do
      if name ~= series and other.wantsUntil > now and other.wantsUntil < now + 2 * FRESH then
        shares.rivals = shares.rivals + 1
        shares.lead = math.min(shares.lead, other.given - own.given)
      elseif name ~= series and now - other.seenAt > LONGEST_WAIT and other.bookedUntil < now then
        redis.call('HDEL', key, name)
      end
    end
    return shares
  end

  local function keepShare(key, shares)
    local own = shares.own
    redis.call('HSET', key, series, string.format('%.17g %.17g %.17g %.17g', own.given, own.wantsUntil, now, own.bookedUntil),
      '@clock', string.format('%.17g', math.max(shares.clock, own.given)))
    redis.call('PEXPIRE', key, KEPT)
  end

  -- Each of those who are put off gets a time of their own, as far apart as the bucket lets them leave.
  local function book(own, seen, rivals, n)
    local step = seen.step * (rivals + 1)
    local from = math.max(own.bookedUntil, now + seen.wait)
    local untilMs = from + n * step
    own.bookedUntil = math.min(untilMs, now + LONGEST_WAIT)
    if untilMs > now + LONGEST_WAIT then return LONGEST_WAIT / 2, LONGEST_WAIT / 2 / n end
    return from - now, step
  end

  return { of = sharesIn, keep = keepShare, book = book }
end
