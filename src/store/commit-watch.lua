-- What a look has made known, in one step: memory, marks, and the notices behind new marks, in the order they are to leave.
-- Returns how many notices are new, or -1 when another watchman leads by now; then nothing was written.
-- KEYS: the leader, its memory, the marks, the outbox, what a process kept while the ledger was away.
-- ARGV: who writes, the memory, prefix of notices, how long they are kept (ms), most in the outbox, what the process had kept as it was read ('' = nothing); then per mark: mark, value, notice id, notice ('' = only mark).
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
redis.call('SET', KEYS[2], ARGV[2])
-- What was handed over behind the reading is for the next look.
if redis.call('GET', KEYS[5]) == ARGV[6] then redis.call('DEL', KEYS[5]) end
local raised = 0
for i = 7, #ARGV, 4 do
  local mark, value, id, notice = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  if redis.call('HGET', KEYS[3], mark) ~= value then
    redis.call('HSET', KEYS[3], mark, value)
    if notice ~= '' then
      redis.call('SET', ARGV[3] .. id, notice, 'PX', ARGV[4])
      redis.call('RPUSH', KEYS[4], id)
      raised = raised + 1
    end
  end
end
if raised > 0 then redis.call('LTRIM', KEYS[4], -tonumber(ARGV[5]), -1) end
return raised
