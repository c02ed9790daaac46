-- What scripts about one reader have in common. This is put before them.
local function startsWith(text, beginning) return text:sub(1, #beginning) == beginning end

-- All that is known of a person; empty where nobody is.
local function fieldsOf(subscriber)
  local fields = {}
  local flat = redis.call('HGETALL', subscriber)
  for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
  return fields
end

-- When a reader last had an issue of a series, in this round or an earlier one (ms, as it is written there); '' = never.
local function latestAcceptance(fields, series)
  local latest = ''
  for field, value in pairs(fields) do
    if startsWith(field, 'issue:' .. series .. ':') or startsWith(field, 'before:' .. series .. ':') then
      local at = value:match('^accepted (%d+)')
      if at and (latest == '' or tonumber(at) > tonumber(latest)) then latest = at end
    end
  end
  return latest
end
