import { afterEach, expect, test } from 'vitest';
import { seriesStatus } from '../../src/actions/series-status.ts';
import { MINUTE_MS } from '../../src/domain/instant.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import type { SmtpScript } from '../support/smtp-server.ts';

let t: TestApp;
afterEach(() => t.close());

const GREYLISTED_FOR_MS = 5 * MINUTE_MS;
const GREY = Array.from({ length: 6 }, (_, index) => `grey-${index}`);
const QUICK = Array.from({ length: 6 }, (_, index) => `quick-${index}`);

test('a server that greylists for five minutes has everybody served in order, once, and nobody else waits', async () => {
  let travelledMs = 0;
  const travel = async (ms: number) => {
    travelledMs += ms;
    await t.travel(ms);
  };
  t = await openTestApp({ script: greylist(() => Date.now() + travelledMs) });
  await t.write('letters', 'every: 0', {
    '01-one': 'title: One',
    '02-two': 'title: Two',
    '03-three': 'title: Three',
  });
  await t.schedule('letters');
  await t.join('letters', ...GREY, ...QUICK);

  await t.settle();
  expect(QUICK.map((reader) => t.received(reader))).toEqual(QUICK.map(() => ['One', 'Two', 'Three']));
  expect(GREY.flatMap((reader) => t.received(reader))).toEqual([]);

  // Tried again after a minute, a quarter more or less: still too soon.
  await travel(1.5 * MINUTE_MS);
  expect(GREY.flatMap((reader) => t.received(reader))).toEqual([]);
  expect(attempts()).toBe(2 * GREY.length);

  // And five minutes after that: long enough.
  await travel(6.5 * MINUTE_MS);
  expect(GREY.map((reader) => t.received(reader))).toEqual(GREY.map(() => ['One', 'Two', 'Three']));
  const issues = (await seriesStatus(t.app, 'letters' as SeriesId))?.issues;
  expect(issues).toMatchObject(
    [1, 2, 3].map(() => ({ accepted: GREY.length + QUICK.length, rejected: 0, addsUp: true })),
  );
  expect(t.smtp.transactions).toHaveLength(3 * (GREY.length + QUICK.length));
}, 60_000);

/** Mails tried to greylisted readers so far. */
const attempts = (): number => t.smtp.commands.filter((line) => line.startsWith('RCPT TO:<grey-')).length;

/** 450 until a sender and a recipient have been known together for a while, as milter-greylist and postgrey do it. */
function greylist(now: () => number): SmtpScript {
  const firstSeen = new Map<string, number>();
  return ({ at, from, line }) => {
    if (at !== 'rcpt' || !line.includes('<grey-')) return undefined;
    const pair = `${from} ${line}`;
    const since = firstSeen.get(pair) ?? now();
    firstSeen.set(pair, since);
    return now() - since < GREYLISTED_FOR_MS ? '450 4.2.0 Greylisted, please try again later' : undefined;
  };
}
