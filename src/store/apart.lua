-- Whoever was put off, is in doubt or was refused is in a set of their own as well, so that they are found among all others. This is put before
-- the scripts that see a mail through.
local function openApart(prefix, issue)
  local opened = {}
  local function key(kind) return prefix .. kind .. ':' .. issue end

  -- Until the issue is settled: deferred | doubted.
  function opened.stand(id, kind, now)
    redis.call('ZADD', key(kind), now, id)
    redis.call('ZREM', key(kind == 'doubted' and 'deferred' or 'doubted'), id)
  end

  function opened.standNoMore(id)
    redis.call('ZREM', key('deferred'), id)
    redis.call('ZREM', key('doubted'), id)
  end

  function opened.rejected(id, now) redis.call('ZADD', key('rejected'), now, id) end

  return opened
end
