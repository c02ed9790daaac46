-- Packs what readers have had where an older version has kept a field `issue:<series>:<issue>` for each; nothing is left to do the second time.
-- KEYS  codes, sources, then subscribers' hashes
local history, shortSource = openHistory(KEYS[1]), openSources(KEYS[2])

local function pack(subscriber)
  local fields = fieldsOf(subscriber)
  local entries, others, isPacked = history.entriesOf(fields), {}, true
  for field, value in pairs(fields) do
    local name, at, words = field:match('^issue:(.*)$'), value:match('^accepted (%d+) ?(.*)$')
    if name and at then
      entries[#entries + 1] = { name = name, at = tonumber(at), words = words }
      isPacked = false
    else
      if startsWith(field, 'consent:') then value = value:gsub('^(%d+) ([^#].*)$', function(given, source) return given .. ' ' .. shortSource(source) end) end
      others[#others + 1] = field
      others[#others + 1] = value
    end
  end
  if isPacked or not fields['address'] then return end
  table.sort(entries, function(a, b) return a.at < b.at end)
  -- The whole hash is made anew: one that was large once stays so for Redis.
  redis.call('DEL', subscriber)
  redis.call('HSET', subscriber, unpack(others))
  history.rewrite(subscriber, entries)
end

for i = 3, #KEYS do pack(KEYS[i]) end
return 'done'
