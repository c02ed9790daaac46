-- Makes one watchman the leader, or keeps it for longer. Returns 1 when it leads, 0 when another one does.
-- KEYS: the leader. ARGV: who asks, for how long (ms).
local leader = redis.call('GET', KEYS[1])
if leader and leader ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
