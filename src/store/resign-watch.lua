-- Lets another watchman lead at once. KEYS: the leader. ARGV: who goes.
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
