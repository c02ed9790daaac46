import { afterEach, expect, test } from 'vitest';
import { partitionOf, subscriberIdOf } from '../../../src/domain/subscriber.ts';
import { ADMIN_SECRET } from '../../support/admin-visitor.ts';
import { addressOf } from '../../support/app.ts';
import { openDoor, type Door } from '../../support/door.ts';
import { scrapeWith } from './scrape.ts';

let door: Door;
afterEach(() => door?.close());

/** How often each command has run, in scripts as well. */
async function commands(): Promise<Record<string, number>> {
  const stats = await door.t.redis.redis('counts').info('commandstats');
  const counts = [...stats.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)];
  return Object.fromEntries(counts.map(([, name = '', calls]) => [name, Number(calls)]));
}

type Cost = Readonly<Record<string, number>>;

/** Nobody else speaks to this Redis meanwhile. */
async function costOnce(scrape: () => Promise<unknown>): Promise<Cost> {
  // The connection that counts says hello in between.
  const before = await commands();
  const nothing = await commands();
  await scrape();
  const after = await commands();
  const cost = Object.keys(after).map((name) => {
    const own = (nothing[name] ?? 0) - (before[name] ?? 0);
    return [name, (after[name] ?? 0) - (nothing[name] ?? 0) - own] as const;
  });
  return Object.fromEntries(cost.filter(([, calls]) => calls !== 0));
}

const callsOf = (cost: Cost): number => Object.values(cost).reduce((n, calls) => n + calls, 0);

/** The least of several: on a busy machine one is asked again, or the ledger's guard has not looked for a second and looks. */
async function costOf(scrape: () => Promise<unknown>): Promise<Cost> {
  const costs: Cost[] = [];
  for (let turn = 0; turn < 6; turn++) costs.push(await costOnce(scrape));
  return costs.toSorted((a, b) => callsOf(a) - callsOf(b))[0] ?? {};
}

const NAMES = Array.from({ length: 10_000 }, (_, index) => `reader-${index}`);
const partition = (name: string) => partitionOf(subscriberIdOf(addressOf(name), door.tools.salt));

test(
  'a scrape costs Redis the same for one reader in each partition and for 10,000',
  { timeout: 120_000 },
  async () => {
    door = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET });
    const scrape = scrapeWith((path, init) => fetch(door.url + path, init));
    const first = new Map(NAMES.map((name) => [partition(name), name]));
    await door.t.join('garden', ...first.values());
    const few = await costOf(scrape);
    for (let from = 0; from < NAMES.length; from += 1_000)
      await door.t.join('garden', ...NAMES.slice(from, from + 1_000));
    const many = await costOf(scrape);

    const active = { series: 'garden', state: 'active' };
    expect((await scrape()).read.value('partwork_subscriptions', active)).toBe(NAMES.length);
    expect(first.size).toBe(16);
    expect(many).toEqual(few);
    // Two issues: of each partition the census, the replies and the rates, and what all series share.
    const calls = Object.values(few).reduce((n, count) => n + count, 0);
    expect(calls).toBeGreaterThan(16 * 3);
    expect(calls).toBeLessThan(16 * 50);
    // None of them walks over who waits.
    for (const name of ['zscan', 'hscan', 'sscan', 'scan', 'keys', 'zrangebyscore'])
      expect([name, few[name]]).toEqual([name, undefined]);
  },
);
