-- Most claims are of readers who are sent an issue for the first time. Their records are JSON like all others, but begin with state and token,
-- so that they are told and moved on without being decoded. This is put before the scripts that see a mail through.
local CLAIMED, SUBMITTING = '{"state":"claimed","token":', '{"state":"submitting","token":'
-- What is submitted has been tried: a repeat must have the same bytes. What was submitted with its claim and is given back untried has not.
local TRIED, TRIED_BY_CLAIM = ',"tried":true,', ',"tried":"by-claim",'

local function freshRecord(token, details, isSubmitted)
  return isSubmitted and SUBMITTING .. token .. TRIED_BY_CLAIM .. details or CLAIMED .. token .. ',' .. details
end

local function beginsWith(stored, state, token)
  return stored:find(state .. token .. ',', 1, true) == 1
end

local function decodeIfOurs(stored, token)
  local claim = cjson.decode(stored)
  return tostring(claim.token) == token and claim or nil
end

-- The record with its mail on the way, or nil when the claim is another's.
local function submittedRecord(stored, token)
  if beginsWith(stored, CLAIMED, token) then return SUBMITTING .. token .. TRIED .. stored:sub(#CLAIMED + #token + 2) end
  local claim = decodeIfOurs(stored, token)
  if not claim then return nil end
  claim.state = 'submitting'
  claim.tried = true
  return cjson.encode(claim)
end

local function isFresh(stored, token)
  return beginsWith(stored, SUBMITTING, token) or beginsWith(stored, CLAIMED, token)
end

-- The end of a lease as ZADD takes it, written once for all that have it: Redis writes a number with seventeen digits each time.
local function leaseEndOf(time, offset, lease)
  return string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + offset + lease)
end
