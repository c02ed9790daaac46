import type { Redis } from 'ioredis';

/** What should not be in a series' keys when nothing is due any more, in words. Read as anybody with access to Redis could. */
export async function strayKeys(redis: Redis, series: string, issues: readonly string[]): Promise<string[]> {
  const places = new Set(['@start', '@end', ...issues]);
  const placed = new Map<string, string>();
  const totals = { joined: 0, ended: 0 };
  const strays: string[] = [];
  for (const key of await redis.keys(`pw:{*}:*:${series}*`)) {
    const [, partition = '', kind = '', , place = ''] = key.split(':');
    if (kind === 'counts') {
      const [joined, ended] = await redis.hmget(key, 'joined', 'ended');
      totals.joined += Number(joined ?? 0);
      totals.ended += Number(ended ?? 0);
    }
    if (kind === 'held') strays.push(`${key} has ${await redis.hlen(key)} records`);
    if (kind === 'claims') {
      for (const [id, record] of Object.entries(await redis.hgetall(key))) {
        const membership = await redis.hget(`pw:${partition}:subscriber:${id}`, `series:${series}`);
        // Who left while a mail of theirs may have gone over gets the same bytes should they come back.
        const isKept =
          membership?.startsWith('ended') === true && /"doubted":true|"state":"submitting"/.test(record);
        if (!isKept) strays.push(`${key} has a record of ${id}, who is "${membership}"`);
      }
    }
    if (kind !== 'waiting') continue;
    if (!places.has(place)) strays.push(`${key} is no place of the series`);
    for (const id of await redis.zrange(key, '0', '-1')) {
      const other = placed.get(id);
      if (other !== undefined) strays.push(`${id} waits at ${other} and at ${place}`);
      placed.set(id, place);
      const membership = await redis.hget(`pw:${partition}:subscriber:${id}`, `series:${series}`);
      if (!membership?.startsWith('active')) strays.push(`${id} waits at ${place} and is "${membership}"`);
    }
  }
  if (totals.joined - totals.ended !== placed.size)
    strays.push(`${totals.joined} joined, ${totals.ended} ended, and ${placed.size} have a place`);
  return strays;
}
