import type { Redis } from 'ioredis';

/** A claim as it stands in the ledger. */
export interface Claim {
  readonly subscriber: string;
  readonly issue: string;
  readonly state: string;
  readonly token: string;
  /** When it runs out unless it is renewed. */
  readonly until: number;
}

// The claim records and waiting sets of all partitions at one moment.
const SNAPSHOT = `
local found = {}
for p = 0, 15 do
  local prefix = string.format('pw:{p%02d}:', p)
  local records = redis.call('HGETALL', prefix .. 'claims:' .. ARGV[1])
  for i = 1, #records, 2 do
    local claim = cjson.decode(records[i + 1])
    local until_ = claim.token and redis.call('ZSCORE', prefix .. 'waiting:' .. ARGV[1] .. ':' .. claim.issue, records[i])
    if until_ then
      for _, value in ipairs({ records[i], claim.issue, claim.state, tostring(claim.token), until_ }) do found[#found + 1] = value end
    end
  end
end
return found`;

/** Everything that is claimed in a series just now, by whomever. */
export async function claimsOf(redis: Redis, series: string): Promise<Claim[]> {
  const flat = (await redis.eval(SNAPSHOT, 0, series)) as string[];
  const claims: Claim[] = [];
  for (let i = 0; i < flat.length; i += 5) {
    const [subscriber = '', issue = '', state = '', token = '', until = ''] = flat.slice(i, i + 5);
    claims.push({ subscriber, issue, state, token, until: Number(until) });
  }
  return claims;
}

/** Claims that nobody has renewed, settled or taken over between two looks. */
export function unrenewed(before: readonly Claim[], after: readonly Claim[]): Claim[] {
  const keyOf = ({ subscriber, issue, token, until }: Claim) => [subscriber, issue, token, until].join('\n');
  const still = new Set(after.map(keyOf));
  return before.filter((claim) => still.has(keyOf(claim)));
}

// Time passes: whoever waits for another try because a server put them off is due now. A claim is not touched.
const HURRY = `
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local hurried = 0
for p = 0, 15 do
  local prefix = string.format('pw:{p%02d}:', p)
  local records = redis.call('HGETALL', prefix .. 'claims:' .. ARGV[1])
  for i = 1, #records, 2 do
    local claim = cjson.decode(records[i + 1])
    local waiting = prefix .. 'waiting:' .. ARGV[1] .. ':' .. claim.issue
    local due = not claim.token and claim.retryAt and redis.call('ZSCORE', waiting, records[i])
    if due and tonumber(due) > ms then
      redis.call('ZADD', waiting, 'XX', ms, records[i])
      hurried = hurried + 1
    end
  end
end
return hurried`;

/** Makes deliveries due that a server has put off, as hours would; returns how many. */
export const hurryDeferred = async (redis: Redis, series: string): Promise<number> =>
  (await redis.eval(HURRY, 0, series)) as number;

// Who is not at the end and not kept for the operator.
const UNFINISHED = `
local total = 0
for p = 0, 15 do
  local prefix = string.format('pw:{p%02d}:waiting:%s:', p, ARGV[1])
  for i = 2, #ARGV do total = total + redis.call('ZCARD', prefix .. ARGV[i]) end
end
return total`;

/** How many readers wait for an issue still. */
export const countUnfinished = async (
  redis: Redis,
  series: string,
  issues: readonly string[],
): Promise<number> => (await redis.eval(UNFINISHED, 0, series, '@start', ...issues)) as number;
