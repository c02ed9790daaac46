import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GARDEN_SITE } from '../support/garden-site.ts';
import { patiently } from '../support/patiently.ts';
import { isLinkedTo, linkIn } from '../support/received-mail.ts';
import { openPartwork, type RunningPartwork } from '../support/running-partwork.ts';
import { startSmtp } from '../support/smtp-server.ts';
import { fromAnotherNetwork, openSignupForm, subscribe, type SendForm } from '../support/web-visitor.ts';

/** One of each, of equal length, at domains of their own, so that no limit of one is another's. */
const STANDINGS = ['unknown', 'pending', 'present', 'departs', 'refused', 'deleted'] as const;
const IN: readonly Standing[] = ['present', 'departs', 'deleted'];
type Standing = (typeof STANDINGS)[number];
const addressOf = (standing: Standing): string => `ash@${standing}.example.com`;

let partwork: RunningPartwork;
let form: SendForm;

beforeAll(async () => {
  partwork = await openPartwork({ files: GARDEN_SITE });
  // A server that refuses one mailbox for good: that address is suppressed.
  const smtp = await startSmtp({
    script: ({ at, to, line }) =>
      at === 'rcpt' && `${to.join()}${line}`.includes(addressOf('refused'))
        ? '550 5.1.1 No such user'
        : undefined,
  });
  await partwork.start('up', { SMTP_URL: smtp.url });
  await partwork.command('schedule', 'garden', '--yes');
  await partwork.command('subscribers', 'add', addressOf('refused'), '--series', 'garden', '--confirmed');
  const shown = () => partwork.command('subscribers', 'show', addressOf('refused'));
  for (const deadline = Date.now() + 30_000; !/suppress/i.test(await shown()); await sleep(500)) {
    if (Date.now() > deadline) throw new Error(`Not suppressed: ${await shown()}`);
  }
  await partwork.stop();
  await smtp.close();

  await partwork.start('up');
  form = await openSignupForm(partwork, 'garden');
  await writeFile(join(partwork.folder, 'in.csv'), `email\n${IN.map(addressOf).join('\n')}\n`);
  await partwork.command('subscribers', 'import', 'in.csv', '--series', 'garden', '--confirmed');
  await partwork.command('subscribers', 'erase', addressOf('deleted'));
  const { issue } = await subscribe(partwork, form, 'ash@elsewhere.example.com');
  await fetch(linkIn(issue, 'u'), { method: 'POST' });
  await partwork.command('subscribers', 'remove', addressOf('departs'), '--series', 'garden');
  // Pending in the other series, so that no letter has been ordered for this one.
  await partwork.command('schedule', '茶信', '--yes');
  const tea = await openSignupForm(partwork, '茶信');
  await tea({ address: 'ash@pending.example.com' }, fromAnotherNetwork());
  await partwork.waitForMail('ash@pending.example.com', isLinkedTo('c'));
  // Without workers, so that what Redis is asked from here on is asked by the door, but for looks at Redis itself and for who leads.
  await partwork.stop();
  await partwork.redis.set('pw:{watch}:leader', 'nobody');
  await partwork.start('serve');
  await form({ address: 'ash@elsewhere.example.com' }, fromAnotherNetwork());
}, 300_000);
afterAll(() => partwork?.close());

/** Everything of an answer that anybody could tell two addresses apart by; the time of day is the same for all. */
async function answerOf(answer: Response): Promise<string> {
  const headers = [...answer.headers].filter(([name]) => name !== 'date');
  return JSON.stringify([answer.status, headers, await answer.text()]);
}

const byForm = (standing: Standing) => form({ address: addressOf(standing) }, fromAnotherNetwork());

async function byApi(standing: Standing, stamp: string): Promise<Response> {
  return patiently(() =>
    fetch(`${partwork.url}/api/subscribe/garden`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...fromAnotherNetwork() },
      body: JSON.stringify({ address: addressOf(standing), stamp }),
    }),
  );
}

/** What a process that runs on asks by itself, every other second. */
const isOfWatch = (args: readonly string[]): boolean =>
  /^(?:info|config)$/i.test(args[0] ?? '') || args.some((arg) => /^pw:(?:meta$|\{watch\}:)/.test(arg));

/**
 * The commands Redis is given meanwhile, those within scripts as well: their names, and how many words each has. undefined = something
 * else came in between.
 */
async function commandsDuring(act: () => Promise<void>): Promise<string[] | undefined> {
  const monitor = await monitorOf(partwork.redis);
  const commands: string[][] = [];
  try {
    const seen = new Promise<void>((done) => {
      monitor.on('monitor', (_time: string, args: string[]) => {
        if (args[0]?.toLowerCase() === 'echo') done();
        else commands.push(args);
      });
    });
    await act();
    await partwork.redis.echo('that was all');
    await seen;
  } finally {
    monitor.disconnect();
  }
  if (commands.some(isOfWatch)) return undefined;
  return commands.map((args) => `${args[0]?.toLowerCase()} ${args.length}`);
}

/** ioredis takes a command that is seen before it has heard of MONITOR's own answer for an error. */
async function monitorOf(redis: Redis): Promise<Redis> {
  for (let tries = 1; ; tries++) {
    try {
      return await redis.monitor();
    } catch (error) {
      if (tries === 20) throw error;
    }
  }
}

test('the form answers every address with the same bytes and the same work, the first time and again', async () => {
  const seen: (readonly [string, string, readonly string[]])[] = [];
  for (const round of ['first', 'again']) {
    for (const standing of STANDINGS) {
      let answer = '';
      let commands: string[] | undefined;
      // One look whether Redis is there, unless the door said "not now", and the form was sent again.
      while (commands?.filter((command) => command === 'ping 1').length !== 1) {
        commands = await commandsDuring(async () => {
          answer = await answerOf(await byForm(standing));
        });
      }
      seen.push([`${round} ${standing}`, answer, commands]);
    }
  }
  const [, answer = '', commands = []] = seen[0] ?? [];
  expect(answer).toMatch(/^\[200,/);
  expect(commands.length).toBeGreaterThan(10);
  for (const [which, ...its] of seen) expect([which, ...its]).toEqual([which, answer, commands]);
});

test('the JSON endpoint answers every address with the same bytes', async () => {
  const { stamp } = (await (await fetch(`${partwork.url}/api/form/garden`)).json()) as { stamp: string };
  await new Promise((resolve) => setTimeout(resolve, 3_200));
  const answers = new Set<string>();
  for (const standing of STANDINGS) answers.add(await answerOf(await byApi(standing, stamp)));
  expect([...answers]).toHaveLength(1);
  expect([...answers][0]).toMatch(/^\[200,/);
});

test('how long each takes is about the same', async ({ annotate }) => {
  const ROUNDS = 12;
  const times = new Map<Standing, number[]>(STANDINGS.map((standing) => [standing, []]));
  for (let round = 0; round < ROUNDS; round++) {
    // Another order each round: none is always the one after a pause.
    for (const standing of [
      ...STANDINGS.slice(round % STANDINGS.length),
      ...STANDINGS.slice(0, round % STANDINGS.length),
    ]) {
      const began = performance.now();
      const answer = await byForm(standing);
      await answer.text();
      times.get(standing)?.push(performance.now() - began);
      expect(answer.status).toBe(200);
    }
  }
  const medians = [...times].map(([standing, all]) => `${standing} ${medianOf(all).toFixed(1)} ms`);
  await annotate(`Medians of ${ROUNDS} interleaved rounds: ${medians.join(', ')}`);
});

test('the log names nobody', () => {
  expect(partwork.log()).not.toMatch(/@(?:unknown|pending|present|departs|refused|deleted)\./);
});

const medianOf = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
