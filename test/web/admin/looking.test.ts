import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Redis } from 'ioredis';
import { PARTITIONS, subscriberIdOf } from '../../../src/domain/subscriber.ts';
import { addressOf } from '../../support/app.ts';
import { changesBetween, dumpRedis, lastingDump } from '../../support/redis-dump.ts';
import { openBoardWorld, type BoardWorld } from './board-world.ts';

let world: BoardWorld;
let redis: Redis;
beforeAll(async () => {
  world = await openBoardWorld({ withoutWorkers: true });
  await world.t.write('garden', 'every: 1d', { '1-frost': 'title: Frost', '2-thaw': 'title: Thaw' });
  await world.t.schedule('garden');
  redis = world.t.redis.redis();
}, 120_000);
afterAll(() => world.close());

/** Every command Redis has carried out, those of scripts included, by name. */
async function commandsOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
  await redis.config('RESETSTAT');
  await work();
  const stats = await redis.info('commandstats');
  const counts = [...stats.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)].map(
    ([, name = '', calls]) => [name, Number(calls)] as const,
  );
  return Object.fromEntries(counts.filter(([name]) => !/^(?:info|config)/.test(name)));
}

test('looking changes nothing', { timeout: 120_000 }, async () => {
  await world.t.join('garden', 'ash');
  const quiet = await lastingDump(redis);
  const ash = subscriberIdOf(addressOf('ash'), world.t.app.salt);
  const pages = [
    '',
    '/series/garden',
    '/series/garden/frost',
    '/series/nowhere',
    '/series/garden/nothing',
    '/readers',
    `/readers/${ash}`,
    '/act/pause/garden',
    '/act/resume/garden',
    '/act/retry/garden',
    '/act/erase/garden',
    '/board.js',
  ];
  for (const page of pages) {
    const answer = await world.admin.get(`/admin${page}`);
    expect([page, answer.status < 500]).toEqual([page, true]);
  }
  // The guard of the ledger notes by itself when it has seen it.
  const changes = changesBetween(quiet, await dumpRedis(redis)).filter(
    (line) => !line.startsWith('pw:meta:'),
  );
  expect(changes).toEqual([]);
});

const PAGES = ['/admin', '/admin/series/garden', '/admin/series/garden/frost'];

/** The least of three times: the guard of the ledger asks something of its own every two seconds. */
async function look(): Promise<Record<string, number>> {
  const least: Record<string, number> = {};
  const times: Record<string, number>[] = [];
  for (let time = 0; time < 3; time++)
    times.push(await commandsOf(() => Promise.all(PAGES.map((page) => world.admin.get(page)))));
  for (const name of Object.keys(times[0] ?? {}))
    least[name] = Math.min(...times.map((counts) => counts[name] ?? 0));
  return Object.fromEntries(Object.entries(least).filter(([, calls]) => calls > 0));
}

async function join(from: number, to: number): Promise<Record<string, number>> {
  await world.t.join('garden', ...Array.from({ length: to - from }, (_, n) => `reader${n + from}`));
  return look();
}

test(
  'a look costs Redis the same with some hundred readers and with ten thousand, and hardly less with ten',
  { timeout: 120_000 },
  async () => {
    await look();
    const ten = await join(0, 10);
    // Of four hundred some are in each partition, whatever the salt; of a hundred one time in forty they are not.
    const hundreds = await join(10, 400);
    const many = await join(400, 10_000);
    expect(many).toEqual(hundreds);
    // Of a partition that nobody is in there is nothing to count.
    expect({ ...hundreds, zcount: 0 }).toEqual({ ...ten, zcount: 0 });
    expect((hundreds['zcount'] ?? 0) - (ten['zcount'] ?? 0)).toBeLessThan(PARTITIONS * PAGES.length);
    expect(await (await world.admin.get('/admin/series/garden/frost')).text()).toContain('10,001');
  },
);
