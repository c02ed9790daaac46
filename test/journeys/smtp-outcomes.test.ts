import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { showSubscriber } from '../../src/actions/list-subscribers.ts';
import { seriesStatus } from '../../src/actions/series-status.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/instant.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import type { SmtpAnswer, SmtpMoment } from '../support/smtp-server.ts';
import { addressOf, openTestApp, type TestApp } from '../support/app.ts';
import { openWorkplace, type Workplace } from '../support/partwork.ts';
import { runHere } from '../support/run-here.ts';

let t: TestApp;
let place: Workplace | undefined;
afterEach(async () => {
  await place?.remove();
  place = undefined;
  await t.close();
});

const LETTERS = { '01-one': 'title: One', '02-two': 'title: Two' };
const letters = 'letters' as SeriesId;
const SECRET = 'a-secret-of-many-more-than-sixteen-letters';

async function open(script: (moment: SmtpMoment) => SmtpAnswer | undefined, env?: Record<string, string>) {
  t = await openTestApp({ script, ...(env !== undefined && { env }) });
  await t.write('letters', 'every: 0', LETTERS);
  await t.schedule('letters');
}

const isFor = ({ to, line }: SmtpMoment, reader: string) =>
  line.includes(addressOf(reader)) || to.includes(addressOf(reader));

test('a greylisted reader gets the issue later, in order, while others go on', async () => {
  let refusals = 0;
  await open((moment) =>
    moment.at === 'rcpt' && isFor(moment, 'grey') && refusals++ === 0
      ? '450 4.2.0 Greylisted, try again'
      : undefined,
  );
  await t.join('letters', 'grey', 'other');
  await t.settle();
  expect(t.received('other')).toEqual(['One', 'Two']);
  expect(t.received('grey')).toEqual([]);
  await t.travel(2 * MINUTE_MS);
  expect(t.received('grey')).toEqual(['One', 'Two']);
});

test('a reader deferred for more than 72 hours is given up for that issue, and gets the next', async () => {
  let isRefusing = true;
  await open((moment) => (moment.at === 'body' && isRefusing ? '451 4.3.0 Try again' : undefined));
  await t.join('letters', 'reader');
  await t.settle();
  for (let hours = 0; hours < 78; hours += 4) await t.travel(4.5 * HOUR_MS);
  isRefusing = false;
  await t.travel(4.5 * HOUR_MS);
  expect(t.received('reader')).toEqual(['Two']);
});

test('an unknown user at RCPT is suppressed and gets nothing more, in any series', async () => {
  await open((moment) =>
    moment.at === 'rcpt' && isFor(moment, 'gone') ? '550 5.1.1 <gone@example.com>: user unknown' : undefined,
  );
  await t.join('letters', 'gone');
  await t.settle();
  await t.travelDays(1);
  const id = subscriberIdOf(addressOf('gone'), t.app.salt);
  const view = await showSubscriber(t.app, id);
  expect(view).toMatchObject({ suppression: {}, subscriptions: [{ state: 'ended', reason: 'rejected' }] });
  expect(JSON.stringify(view?.suppression)).not.toContain('gone@');
  expect(t.smtp.commands.filter((line) => line.includes('gone@'))).toHaveLength(1);
});

test('a message refused for one reader moves that reader on', async () => {
  let refused = 0;
  await open((moment) =>
    moment.at === 'rcpt' && isFor(moment, 'picky') && refused++ === 0 ? '552 5.2.2 Mailbox full' : undefined,
  );
  await t.join('letters', 'picky');
  await t.settle();
  expect(t.received('picky')).toEqual(['Two']);
});

test('when the server will not have the sender, the series is paused and no reader pays for it', async () => {
  await open((moment) => (moment.at === 'mail' ? '550 5.7.1 Sender not allowed' : undefined));
  await t.join('letters', 'reader');
  await t.settle();
  const status = await seriesStatus(t.app, letters);
  expect(status?.plan.state).toBe('paused');
  expect(status?.attention[0]).toMatchObject({ reason: expect.stringContaining('Sender not allowed') });
  expect(status?.issues[0]).toMatchObject({ waiting: 1, rejected: 0, deferred: 0 });
});

test('a server that refuses everybody in words about readers pauses the series; few pay for it', async () => {
  await open(({ at }) => (at === 'rcpt' ? '550 Your account is suspended' : undefined));
  const readers = Array.from({ length: 200 }, (_, index) => `reader-${index}`);
  await t.join('letters', ...readers);
  const state = async () => (await seriesStatus(t.app, letters))?.plan.state;
  await expect.poll(state, { timeout: 10_000 }).toBe('paused');
  await sleep(500);
  const status = await seriesStatus(t.app, letters);
  expect(JSON.stringify(status?.attention)).toContain('10 readers in a row were refused');
  expect(status?.issues[0]?.rejected).toBeLessThan(30);
  expect(status?.issues[0]?.addsUp).toBe(true);
});

test('a line cut after the dot leads to one more copy, byte for byte the same, and is recorded', async () => {
  let cuts = 0;
  await open((moment) => (moment.at === 'body' && cuts++ === 0 ? { drop: true } : undefined));
  await t.join('letters', 'reader');
  await t.settle();
  await t.travel(10_000);
  const copies = t.smtp.transactions.filter(({ message }) => message.includes('Subject: One'));
  expect(copies).toHaveLength(2);
  expect(copies[0]?.message.equals(copies[1]!.message)).toBe(true);
  expect(t.received('reader').at(-1)).toBe('Two');
  expect((await seriesStatus(t.app, letters))?.issues[0]).toMatchObject({
    doubts: 1,
    accepted: 1,
    addsUp: true,
  });
});

test('under `hold` a line cut after the dot leads to no second copy; the reader waits for the operator', async () => {
  let cuts = 0;
  await open((moment) => (moment.at === 'body' && cuts++ === 0 ? { drop: true } : undefined), {
    PARTWORK_ON_UNCERTAIN: 'hold',
    PARTWORK_SECRET: SECRET,
  });
  await t.join('letters', 'reader');
  await t.settle();
  await t.travel(DAY_MS);
  expect(t.smtp.transactions).toHaveLength(1);
  expect((await seriesStatus(t.app, letters))?.issues[0]).toMatchObject({
    held: 1,
    state: 'held',
    addsUp: true,
  });

  place = await openWorkplace({
    REDIS_URL: t.redis.url,
    PARTWORK_SECRET: SECRET,
    SMTP_URL: t.smtp.url,
    PARTWORK_FROM: 'a@example.com',
  });
  const status = await runHere(place, 'status');
  expect(status).toMatchObject({ code: 0, stderr: '' });
  expect(status.stdout).toContain('! 1 of "One" may or may not have arrived and waits for you.');
  expect(status.stdout).not.toContain('twice');
  expect(await runHere(place, 'held', 'letters')).toEqual({
    code: 0,
    stdout: `${addressOf('reader')}  #1 "One"\n`,
    stderr: expect.stringContaining('`partwork held letters --resend` sends each once more'),
  });
  expect(await runHere(place, 'held', 'letters', '--resend')).toMatchObject({ code: 0 });
  await t.settle();
  expect(t.received('reader')).toEqual(['One', 'Two']);
  expect((await runHere(place, 'held', 'letters')).stderr).toBe('Nothing is held.\n');
  expect((await runHere(place, 'status')).stdout).toContain(
    '"One": 1 mail of unknown outcome; where it was sent again',
  );
});

test('a server that is down costs nobody an attempt; mail goes out when it is back', async () => {
  let isDown = true;
  await open((moment) => (moment.at === 'greeting' && isDown ? { drop: true } : undefined));
  await t.join('letters', 'reader');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await seriesStatus(t.app, letters))?.attention).toMatchObject([{ kind: 'mail-blocked' }]);
  isDown = false;
  await expect.poll(() => t.received('reader'), { timeout: 15_000 }).toEqual(['One', 'Two']);
  expect((await seriesStatus(t.app, letters))?.issues[0]).toMatchObject({ deferrals: 0, doubts: 0 });
}, 30_000);
