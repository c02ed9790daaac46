import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openTrial, type SmtpTrial } from '../support/smtp-trial.ts';

const OVERLAP = ['PIPELINING', '8BITMIME', 'ENHANCEDSTATUSCODES'];
const CHUNKED = [...OVERLAP, 'CHUNKING'];

const sendMany = (trial: SmtpTrial, many: number) =>
  Promise.all(Array.from({ length: many }, (_, n) => trial.send(`reader${n}`)));

async function roomIn({ transport }: SmtpTrial): Promise<number> {
  const vacancy = await transport.vacancy();
  vacancy.end();
  return vacancy.many;
}

/** A server that takes each message at once, or after as many ms as it is told to. */
async function openServer() {
  const pace = { ms: 0 };
  const trial = await openTrial({
    extensions: OVERLAP,
    script: ({ at }) => (at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: pace.ms } : undefined),
  });
  return { trial, pace };
}

test.each([
  ['overlapping', OVERLAP, 16],
  ['chunked', CHUNKED, 20],
  ['one by one', ['8BITMIME'], 0],
])(
  '%s: none is known of before the first mail, and then what goes over in a few milliseconds',
  async (_name, extensions, room) => {
    const trial = await openTrial({ extensions });
    expect(await roomIn(trial)).toBe(0);
    await sendMany(trial, 40);
    expect(await roomIn(trial)).toBe(room);
  },
);

test('of a server that is far away there is less', async () => {
  const { trial, pace } = await openServer();
  pace.ms = 40;
  await sendMany(trial, 20);
  expect(await roomIn(trial)).toBe(3);
});

test('it is given when half of it is empty, and to one at a time', async () => {
  const { trial, pace } = await openServer();
  await sendMany(trial, 40);
  pace.ms = 100;
  const first = await trial.transport.vacancy();
  let second: number | undefined;
  const askAgain = async () => (second = await roomIn(trial));
  const asked = askAgain();
  const sent = sendMany(trial, first.many);
  await sleep(20);
  expect(second).toBeUndefined();
  first.end();
  await sleep(20);
  expect(second).toBeUndefined();
  await asked;
  expect(second).toBeGreaterThan(0);
  await sent;
});

test('who waits for a server that takes its time is not kept waiting here, so that other series have their turn', async () => {
  const { trial, pace } = await openServer();
  await sendMany(trial, 10);
  pace.ms = 1_200;
  const sent = sendMany(trial, 30);
  await sleep(1_300);
  expect(await roomIn(trial)).toBe(0);
  await trial.transport.close();
  await sent;
});
