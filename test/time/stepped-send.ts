import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf, openTestApp, type TestApp } from '../support/app.ts';
import { startWorkers } from '../../workers/main.ts';
import { DAY_MS } from '../../src/domain/instant.ts';
import { isRefusal } from '../../src/domain/refusal.ts';

export const TITLES = ['One', 'Two', 'Three', 'Four'];
export const GAP_MS = DAY_MS;
const POSTS = Object.fromEntries(TITLES.map((title, index) => [`${index + 1}-${title}`, `title: ${title}`]));

/** A mail on the server's side of the line. */
export interface Arrival {
  readonly reader: string;
  readonly title: string;
  /** By the ledger's clock as it stood then. */
  readonly ledgerAt: number;
  /** By a clock that nobody sets: what went by, our travels included. */
  readonly realAt: number;
}

/** A daily series on its way to readers on a slow server, and the hands of the ledger's clock in ours. */
export interface SteppedSend {
  readonly t: TestApp;
  arrivals(): Arrival[];
  untilArrivals(count: number): Promise<void>;
  /** Somebody sets the ledger's clock. */
  step(ms: number): void;
  close(): Promise<void>;
}

export async function beginSteppedSend(
  readers: readonly string[],
  mailTakesMs: () => number,
): Promise<SteppedSend> {
  let steppedMs = 0;
  const times: Pick<Arrival, 'ledgerAt' | 'realAt'>[] = [];
  const note = () => {
    const ledgerAt = Date.now() + t.clock.offsetMs;
    times.push({ ledgerAt, realAt: ledgerAt - steppedMs });
  };
  const t = await openTestApp({
    script: ({ at }) => {
      if (at !== 'body') return undefined;
      note();
      return { reply: '250 2.0.0 Ok', afterMs: mailTakesMs() };
    },
  });
  // A second one of the same kind: what one is sending, the other may find to be due.
  const second = await startWorkers(t.app);
  if (isRefusal(second)) throw new Error(second.message);
  await t.write('daily', 'every: 1d', POSTS);
  await t.schedule('daily');
  // A clock that goes back must not go back before the series began: it would wait for that again.
  await t.travelDays(10);
  await t.join('daily', ...readers);

  return {
    t,
    arrivals: () =>
      t.smtp.transactions.map(({ to, message }, index) => ({
        reader: to[0]?.replace(addressOf(''), '') ?? '',
        title: /^Subject: (.*)$/m.exec(message.toString())?.[1]?.trim() ?? '',
        ledgerAt: times[index]?.ledgerAt ?? NaN,
        realAt: times[index]?.realAt ?? NaN,
      })),
    async untilArrivals(count) {
      for (const end = performance.now() + 40_000; times.length < count; await sleep(2)) {
        if (performance.now() > end) throw new Error(`Only ${times.length} of ${count} mails came in.`);
      }
    },
    step(ms) {
      steppedMs += ms;
      t.clock.offsetMs += ms;
    },
    async close() {
      await second.drain();
      await t.close();
    },
  };
}
