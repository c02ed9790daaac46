-- Replies are counted by what they say and by the domain they are about. Where there are too many, domains are not told apart any more;
-- where a server invents codes, they are not either. This is put before the scripts that count them.
local function openReplies(replies)
  local MOST_REPLIES = 400
  return function(reply)
    if reply == '' then return end
    local issueAndKind, code = reply:match('^(.*\t)([^\t]*)\t[^\t]*$')
    local function isFull(most) return redis.call('HEXISTS', replies, reply) == 0 and redis.call('HLEN', replies) >= most end
    if isFull(MOST_REPLIES) then reply = issueAndKind .. code .. '\t*' end
    if isFull(2 * MOST_REPLIES) then reply = issueAndKind .. 'other\t*' end
    redis.call('HINCRBY', replies, reply, 1)
  end
end
