-- Issues that readers have had. They are packed, for they are most of what the ledger has to keep: an entry is the issue's number (2 bytes) and
-- when the server took it (s, 4 bytes). Of a reader's hash, `h` is the newest entry with its ms (2 bytes) and the server's words behind it,
-- `h+` the entries before that, and `h1`, `h2`, … ten each, oldest first: Redis keeps a hash small as long as nothing in it has more than 64
-- bytes. Whatever else became of an issue has a field `issue:<series>:<issue>`, which holds against an entry. This is put before the scripts
-- that read or write histories; `codes` is the hash that gives the partition's issues their numbers.
local function openHistory(codes)
  local ENTRY, FULL, MOST_WORDS, MOST_NUMBERS, MOST_SECONDS = 6, 60, 56, 65535, 4294967295
  local opened, numbers = {}, {}

  -- Two bytes, or false where nobody of the partition has had it. An issue keeps its number for ever, and no other gets it.
  local function numberOf(name)
    if numbers[name] == nil then
      local number = redis.call('HGET', codes, name)
      numbers[name] = number and struct.pack('>I2', number) or false
    end
    return numbers[name]
  end

  local function newNumber(name)
    local number = tonumber(redis.call('HGET', codes, 'last') or '0') + 1
    if number > MOST_NUMBERS then return false end
    redis.call('HSET', codes, 'last', number, name, number, '#' .. number, name)
    numbers[name] = struct.pack('>I2', number)
    return numbers[name]
  end

  local function has(packed, number)
    local at = packed:find(number, 1, true)
    while at and at % ENTRY ~= 1 do at = packed:find(number, at + 1, true) end
    return at ~= nil
  end

  -- accepted | rejected | held | skipped | nil, by the fields issue:<name>, h, h+ and h1 of a reader.
  function opened.outcomeIn(subscriber, name, own, head, recent, first)
    if own then return own:match('^%a+') end
    local number = head and numberOf(name)
    if not number then return nil end
    if head:sub(1, 2) == number or (recent and has(recent, number)) then return 'accepted' end
    local chunk, n = first, 1
    while chunk do
      if has(chunk, number) then return 'accepted' end
      n = n + 1
      chunk = redis.call('HGET', subscriber, 'h' .. n)
    end
    return nil
  end

  function opened.outcomeOf(subscriber, name)
    return opened.outcomeIn(subscriber, name, unpack(redis.call('HMGET', subscriber, 'issue:' .. name, 'h', 'h+', 'h1'), 1, 4))
  end

  -- Cut between two characters.
  local function short(words)
    return #words <= MOST_WORDS and words or (words:sub(1, MOST_WORDS):gsub('[\192-\255]?[\128-\191]*$', ''))
  end

  -- Those of one settlement are of one moment.
  local packedAt, packed
  local function newest(number, at, words)
    if at ~= packedAt then
      local seconds = math.floor(at / 1000)
      packedAt, packed = at, struct.pack('>I4I2', seconds, at - seconds * 1000)
    end
    return number .. packed .. short(words)
  end

  -- A reader has had an issue now. `own`, `head` and `recent` are the fields issue:<name>, h and h+; more fields may be set in the same step.
  function opened.accept(subscriber, name, now, words, own, head, recent, ...)
    local number = numberOf(name) or newNumber(name)
    if not number or now < 0 or now / 1000 > MOST_SECONDS then
      redis.call('HSET', subscriber, 'issue:' .. name, 'accepted ' .. now .. (words ~= '' and ' ' .. words or ''), ...)
      return
    end
    if own then redis.call('HDEL', subscriber, 'issue:' .. name) end
    if not head then
      redis.call('HSET', subscriber, 'h', newest(number, now, words), ...)
      return
    end
    recent = recent or ''
    if #recent >= FULL then
      local n = 1
      while redis.call('HSETNX', subscriber, 'h' .. n, recent) == 0 do n = n + 1 end
      recent = ''
    end
    redis.call('HSET', subscriber, 'h', newest(number, now, words), 'h+', recent .. head:sub(1, ENTRY), ...)
  end

  -- All entries of a reader, oldest first, from all the fields they have.
  function opened.entriesOf(fields)
    local packed, entries, n = {}, {}, 1
    while fields['h' .. n] do
      packed[n] = fields['h' .. n]
      n = n + 1
    end
    packed[n] = fields['h+'] or ''
    local older = table.concat(packed)
    local function add(bytes, from, ms, words)
      local number, seconds = struct.unpack('>I2I4', bytes, from)
      entries[#entries + 1] = { number = number, name = redis.call('HGET', codes, '#' .. number), at = seconds * 1000 + ms, words = words }
    end
    for from = 1, #older, ENTRY do add(older, from, 0, '') end
    local head = fields['h']
    if head then add(head, 1, struct.unpack('>I2', head, ENTRY + 1), head:sub(ENTRY + 3)) end
    return entries
  end

  -- Makes these all the entries that a reader has.
  function opened.rewrite(subscriber, entries)
    redis.call('HDEL', subscriber, 'h', 'h+')
    local n = 1
    while redis.call('HDEL', subscriber, 'h' .. n) == 1 do n = n + 1 end
    for _, entry in ipairs(entries) do
      local head, recent = unpack(redis.call('HMGET', subscriber, 'h', 'h+'), 1, 2)
      opened.accept(subscriber, entry.name, entry.at, entry.words, nil, head, recent)
    end
  end

  return opened
end
