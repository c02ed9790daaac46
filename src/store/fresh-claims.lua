-- Most claims are of readers who are sent an issue for the first time. Their records are JSON like all others, but begin with state and token,
-- so that they are told and moved on without being decoded. This is put before the scripts that see a mail through.
local CLAIMED, SUBMITTING = '{"state":"claimed","token":', '{"state":"submitting","token":'

local function freshRecord(token, details)
  return CLAIMED .. token .. ',' .. details
end

local function beginsWith(stored, state, token)
  local head = state .. token .. ','
  return stored:sub(1, #head) == head
end

local function decodeIfOurs(stored, token)
  local claim = cjson.decode(stored)
  return tostring(claim.token) == token and claim or nil
end

-- The record with its mail on the way, or nil when the claim is another's.
local function submittedRecord(stored, token)
  if beginsWith(stored, CLAIMED, token) then return SUBMITTING .. token .. ',"tried":true' .. stored:sub(#CLAIMED + #token + 1) end
  local claim = decodeIfOurs(stored, token)
  if not claim then return nil end
  claim.state = 'submitting'
  claim.tried = true
  return cjson.encode(claim)
end

local function isFresh(stored, token)
  return beginsWith(stored, SUBMITTING, token) or beginsWith(stored, CLAIMED, token)
end
