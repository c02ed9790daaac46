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
local function latestAcceptance(fields, series, history)
  local latest = ''
  local function consider(at)
    if at and (latest == '' or tonumber(at) > tonumber(latest)) then latest = at end
  end
  for field, value in pairs(fields) do
    if startsWith(field, 'issue:' .. series .. ':') or startsWith(field, 'before:' .. series .. ':') then
      consider(value:match('^accepted (%d+)'))
    end
  end
  for _, entry in ipairs(history.entriesOf(fields)) do
    if startsWith(entry.name, series .. ':') and not fields['issue:' .. entry.name] then consider(string.format('%.0f', entry.at)) end
  end
  return latest
end
