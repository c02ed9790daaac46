import { afterEach, expect, test } from 'vitest';
import { joinSeries } from '../../src/actions/join-series.ts';
import { listMissed } from '../../src/actions/missed/list-missed.ts';
import { resendMissed } from '../../src/actions/missed/resend-missed.ts';
import { seriesStatus } from '../../src/actions/series-status.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import { addressOf, openTestApp, type TestApp } from '../support/app.ts';
import { disarm, throwAt } from '../support/mishaps.ts';
import { openWorkplace, type Workplace } from '../support/partwork.ts';
import { runHere } from '../support/run-here.ts';

const letters = 'letters' as SeriesId;
const TITLES = ['One', 'Two', 'Three'];
const SECRET = 'a-secret-of-many-more-than-sixteen-letters';
const BY_TEST = { source: 'test', mayComeBack: true };

let t: TestApp;
let place: Workplace | undefined;
afterEach(async () => {
  disarm();
  await place?.remove();
  place = undefined;
  await t.close();
});

/** Which mails the server refuses: `reader title` → its words. */
async function open(refusals: Map<string, string>, every: string): Promise<void> {
  t = await openTestApp({
    env: { PARTWORK_SECRET: SECRET },
    script: ({ at, to, line }) => {
      if (at !== 'rcpt') return undefined;
      const reader = [...refusals.keys()].find((one) =>
        [...to, line].join(' ').includes(addressOf(one.split(' ')[0] ?? '')),
      );
      const words = reader === undefined ? undefined : refusals.get(reader);
      if (reader !== undefined && reader.endsWith(' once')) refusals.delete(reader);
      return words;
    },
  });
  await t.write('letters', `every: ${every}`, {
    '01-one': 'title: One',
    '02-two': 'title: Two',
    '03-three': 'title: Three',
  });
  await t.schedule('letters');
}

const idOf = (reader: string) => subscriberIdOf(addressOf(reader), t.app.salt);

async function audiences(): Promise<number[]> {
  const status = await seriesStatus(t.app, letters);
  expect(status?.issues.filter(({ addsUp }) => !addsUp)).toEqual([]);
  expect(status?.attention.filter(({ kind }) => kind.endsWith('-differ'))).toEqual([]);
  return status?.issues.map(({ audience }) => audience) ?? [];
}

async function missedBy(issue: string): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for await (const page of listMissed(t.app, letters, issue as never))
    for (const { address, why } of page) all[address.split('@')[0] ?? ''] = why;
  return all;
}

/** What the mail server took for each, in its own record. */
const received = (...readers: string[]) =>
  Object.fromEntries(readers.map((reader) => [reader, t.received(reader)]));

test('who was refused, suppressed or late gets what they missed, once and in order, and the sums hold all the time', async () => {
  const refusals = new Map([
    ['bay once', '552 5.2.2 Mailbox full'],
    ['cal', '552 5.2.2 Mailbox full'],
    ['dot', '550 5.1.1 No such user'],
  ]);
  await open(refusals, '1d');
  await t.join('letters', 'ash', 'bay', 'cal', 'dot');
  await t.settle();
  const eve = addressOf('eve');
  await joinSeries(
    t.app,
    letters,
    [{ subscriber: { id: idOf('eve'), address: eve, name: '' }, place: 'two' as never }],
    BY_TEST,
  );
  await t.settle();
  await t.travelDays(1);
  refusals.delete('cal');
  await t.travelDays(1);
  expect(received('ash', 'bay', 'cal', 'dot', 'eve')).toEqual({
    ash: TITLES,
    bay: ['Two', 'Three'],
    cal: ['Three'],
    dot: [],
    eve: ['Two', 'Three'],
  });
  expect(await missedBy('one')).toEqual({
    bay: 'rejected',
    cal: 'rejected',
    dot: 'rejected',
    eve: 'began-later',
  });
  expect(await missedBy('two')).toEqual({ cal: 'rejected', dot: 'suppressed' });
  const before = await audiences();
  expect(before).toEqual([4, 4, 4]);

  const reasons = ['rejected', 'began-later'] as const;
  expect(await resendMissed(t.app, letters, 'two' as never, {})).toMatchObject({ coming: 1 });
  // The process that asks for it dies in the middle, and is asked again.
  throwAt('resend.batch', 2);
  await expect(resendMissed(t.app, letters, 'one' as never, { reasons })).rejects.toThrow('resend.batch');
  disarm();
  expect(await audiences()).toSatisfy((sizes: number[]) => sizes[0] === 4 || sizes[0] === 5);
  await resendMissed(t.app, letters, 'one' as never, { reasons });
  expect(await audiences()).toEqual([5, 4, 4]);
  await t.settle();
  await t.write('letters', 'every: 1d', { '04-four': 'title: Four' });
  expect(await t.schedule('letters')).toBe('scheduled');
  expect(await audiences()).toEqual([5, 4, 4, 4]);
  for (let day = 0; day < 5; day++) {
    await t.travelDays(1);
    await audiences();
  }
  expect(received('ash', 'bay', 'cal', 'dot', 'eve')).toEqual({
    ash: [...TITLES, 'Four'],
    bay: ['Two', 'Three', 'One', 'Four'],
    cal: ['Three', 'One', 'Two', 'Four'],
    dot: [],
    eve: ['Two', 'Three', 'One', 'Four'],
  });
  const status = await seriesStatus(t.app, letters);
  expect(status?.issues.map(({ accepted, waiting }) => [accepted, waiting])).toEqual([
    [4, 0],
    [4, 0],
    [4, 0],
    [4, 0],
  ]);
});

test('the commands: failures, retry, missed and resend say what they do and what to do next', async () => {
  const hostile = '450 4.7.1 \u001b[2J\u202eLater\u0007';
  const refusals = new Map([
    ['bay once', '552 5.2.2 Mailbox full'],
    ['cal', hostile],
    ['dot', '550 5.1.1 No such user'],
  ]);
  await open(refusals, '0');
  await t.join('letters', 'ash', 'bay', 'cal', 'dot');
  await t.settle();
  place = await openWorkplace({
    REDIS_URL: t.redis.url,
    PARTWORK_SECRET: SECRET,
    SMTP_URL: t.smtp.url,
    PARTWORK_FROM: 'a@example.com',
  });
  const run = (...args: string[]) => runHere(place!, ...args);

  const failures = await run('failures');
  expect(failures.stdout).toMatch(/2 rejected, 1 deferred/);
  expect(failures.stdout).toMatch(/1 +letters +one +deferred +450 4\.7\.1 +example\.com/);
  expect(failures.stdout).toMatch(/bay@example\.com {2}letters\/one; rejected; .*552 5\.2\.2 Mailbox full/);
  expect(failures.stdout).not.toMatch(/[\u001b\u0007\u202e]/);
  expect(
    (await run('failures', 'letters', '--code', '55x', '--issue', '1', '--list', '--json')).stdout
      .trim()
      .split('\n'),
  ).toHaveLength(2);
  expect(JSON.parse((await run('failures', '--domain', 'example.org', '--json')).stdout)).toMatchObject({
    failures: 0,
  });
  expect(await run('failures', '--code', 'nonsense')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--code'),
  });
  expect(await run('failures', 'letters', '--issue', '9')).toMatchObject({ code: 1 });
  expect(await run('failures', '--issue', '1')).toMatchObject({ code: 2 });

  expect(await run('retry', '--code', '4.7.x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--yes'),
  });
  refusals.delete('cal');
  expect(await run('retry', '--code', '4.7.x', '--yes')).toMatchObject({
    code: 0,
    stderr: 'letters: 1 due now.\n',
  });
  await t.settle();
  expect(t.received('cal')).toEqual(TITLES);
  expect((await run('retry')).stderr).toContain('Nobody');

  const missed = await run('missed', 'letters', 'one');
  expect(missed.stdout).toContain('2 readers of letters missed "One" (one)');
  expect(missed.stdout).toMatch(/dot@example\.com {2}rejected; .*the address is suppressed/);
  expect(JSON.parse((await run('missed', 'letters', '1', '--json')).stdout)).toMatchObject({
    missed: { rejected: 2 },
  });
  expect(await run('missed', 'letters', 'nine')).toMatchObject({ code: 1 });

  expect(await run('resend', 'letters', 'one')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--missed'),
  });
  const dry = await run('resend', 'letters', 'one', '--missed', '--dry-run');
  expect(dry.stderr).toContain('can be sent again to 1 reader');
  expect(dry.stderr).toContain(
    '1 cannot have it now: their address must not be mailed: `partwork subscribers unsuppress',
  );
  expect(await run('resend', 'letters', 'one', '--missed')).toMatchObject({ code: 2 });
  expect(await run('resend', 'letters', 'one', '--missed', '--reason', 'left')).toMatchObject({ code: 2 });
  expect(t.received('bay')).toEqual(['Two', 'Three']);
  expect(await run('resend', 'letters', 'one', '--missed', '--yes')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('1 reader will be sent it again.'),
  });
  await t.settle();
  expect(t.received('bay')).toEqual(['Two', 'Three', 'One']);
  expect((await run('resend', 'letters', 'one', '--missed', '--yes')).stderr).toContain('to 0 readers');
  expect(await audiences()).toEqual([4, 3, 3]);
});
