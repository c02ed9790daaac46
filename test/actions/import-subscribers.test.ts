import { expect, test } from 'vitest';
import { importSubscribers, type ImportInput } from '../../src/actions/import-subscribers.ts';
import type { SubscriberEntry } from '../../src/csv/read-subscribers.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import { redisPerFile } from '../support/redis-per-file.ts';
import { GARDEN, ledgerWith, planWith } from '../support/ledger.ts';

const given = redisPerFile();

const ROWS = 5_000;

/** A file that breaks off after `until` rows, as when the process is killed. */
async function* file(until: number): AsyncGenerator<SubscriberEntry[]> {
  for (let row = 1; row <= ROWS; row++) {
    if (row > until) throw new Error('cut off');
    const address = `reader${row}@example.com` as EmailAddress;
    yield [{ kind: 'row', line: row, row: { address, name: '' } }];
  }
}

const input = (until: number): ImportInput => ({
  series: GARDEN,
  rows: file(until),
  source: 'test',
  fingerprint: 'the file',
  placeNamed: () => undefined,
});

test('an import that is cut off goes on where it came to, and everybody is in once', async () => {
  const { store } = await ledgerWith(given.redis, planWith(['one']), []);
  const tools = { store, salt: 'salt' };
  await expect(importSubscribers(tools, input(4_500))).rejects.toThrow('cut off');
  const report = await importSubscribers(tools, input(ROWS));
  expect(report).toMatchObject({ resumedAt: 4_000, added: 1_000, known: 0 });
  const again = await importSubscribers(tools, input(ROWS));
  expect(again).toMatchObject({ resumedAt: 0, added: 0, known: ROWS });

  const plan = planWith(['one']);
  const standings = await store.census.standings(plan);
  if (standings === 'stale-plan') throw new Error('stale');
  expect(standings.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(ROWS);
});

test('of two lines for one person, far apart, the later name holds, and nobody is counted twice', async () => {
  const { store } = await ledgerWith(given.redis, planWith(['one']), []);
  const address = 'reader1@example.com' as EmailAddress;
  async function* rows(): AsyncGenerator<SubscriberEntry[]> {
    yield [{ kind: 'row', line: 1, row: { address, name: 'Ash' } }];
    yield* file(ROWS);
    yield [{ kind: 'row', line: ROWS + 2, row: { address, name: 'Fern' } }];
  }
  const report = await importSubscribers({ store, salt: 'salt' }, { ...input(ROWS), rows: rows() });
  expect(report).toMatchObject({ added: ROWS, known: 2 });
  const id = subscriberIdOf(address, 'salt');
  expect(await store.subscribers.find(id)).toMatchObject({ subscriber: { name: 'Fern' } });
});

async function* nineLeftOut(): AsyncGenerator<SubscriberEntry[]> {
  for (let line = 1; line <= 9; line++) yield [{ kind: 'skipped', line, reason: 'left' }];
}

test('of lines that are left out some are told, and the others counted', async () => {
  const { store } = await ledgerWith(given.redis, planWith(['one']), []);
  const told = { ...input(0), rows: nineLeftOut(), mostTold: 4 };
  const report = await importSubscribers({ store, salt: 'salt' }, told);
  expect(report.leftOut.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  expect(report.untold).toBe(5);
});
