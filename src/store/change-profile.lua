-- Change what a person is called and spoken to in; nobody comes back from being erased by it.
-- KEYS  subscriber
-- ARGV  field, value ('' clears it) for each
-- Returns 1, or 0 when nobody is known by that id
if redis.call('HEXISTS', KEYS[1], 'address') == 0 then return 0 end
for i = 1, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[1], ARGV[i])
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
end
return 1
