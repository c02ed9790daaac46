import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { addressOf, openTestApp, type TestApp } from '../support/app.ts';
import { isBuilt } from '../support/partwork.ts';
import { startWorkerProcess } from '../support/worker-process.ts';

const READERS = Array.from({ length: 100 }, (_, index) => `reader-${index}`);
const COURSE = { '1-one': 'title: One', '2-two': 'title: Two', '3-three': 'title: Three' };
const TITLES = ['One', 'Two', 'Three'];
const TOTAL = READERS.length * TITLES.length;

/** Waits until that many messages have come in, or until it has been quiet for long enough to call it an end. */
async function arrivals(t: TestApp, count: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (t.smtp.transactions.length < count) {
    if (Date.now() > deadline)
      throw new Error(`Only ${t.smtp.transactions.length} of ${count} mails came in.`);
    await sleep(10);
  }
}

/** What the mail server saw, and nothing else: order, losses and copies. */
function verdict(t: TestApp) {
  const copies = new Map<string, Buffer[]>();
  const order = new Map<string, string[]>();
  for (const { to, message } of t.smtp.transactions) {
    const title = /^Subject: (.*)$/m.exec(message.toString())?.[1]?.trim() ?? '';
    const [reader = ''] = to;
    const key = `${reader} ${title}`;
    if (!copies.has(key)) order.set(reader, [...(order.get(reader) ?? []), title]);
    copies.set(key, [...(copies.get(key) ?? []), message]);
  }
  return {
    lost: READERS.filter((reader) => (order.get(addressOf(reader)) ?? []).length < TITLES.length),
    outOfOrder: [...order.values()].filter((titles) => titles.join() !== TITLES.join()),
    copiesThatDiffer: [...copies].filter(([, [first, ...more]]) => more.some((copy) => !first?.equals(copy))),
    repeats: t.smtp.transactions.length - copies.size,
  };
}

test.skipIf(!isBuilt)(
  'a worker told to stop finishes what is under way and exits by itself: nothing is repeated',
  async () => {
    const t = await openTestApp({
      withoutWorkers: true,
      script: ({ at }) => (at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: 3 } : undefined),
    });
    try {
      await t.write('course', 'every: 0', COURSE);
      await t.join('course', ...READERS);
      await t.schedule('course');
      const first = startWorkerProcess(t);
      await arrivals(t, TOTAL * 0.3);
      first.signal('SIGTERM');
      // By itself, and not by the signal.
      expect(await first.ended()).toBe(143);
      const last = startWorkerProcess(t);
      await arrivals(t, TOTAL);
      last.signal('SIGTERM');
      await last.ended();
      expect(verdict(t)).toEqual({ lost: [], outOfOrder: [], copiesThatDiffer: [], repeats: 0 });
    } finally {
      await t.close();
    }
  },
  120_000,
);
