import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { joinSeries } from '../../src/actions/join-series.ts';
import type { DeliverTools } from '../../src/actions/deliver-tools.ts';
import { openSettler } from '../../src/actions/settle-outcomes.ts';
import { parseEvery } from '../../src/domain/every.ts';
import type { Delivery, Outcome } from '../../src/domain/delivery.ts';
import { DAY_MS } from '../../src/domain/instant.ts';
import type { LetterOrder } from '../../src/domain/letter.ts';
import { silentLog } from '../../src/domain/log.ts';
import type { SeriesPlan } from '../../src/domain/plan.ts';
import type { TokenOwner } from '../../src/domain/token.ts';
import { LETTERS, openQueues, QUEUE_PREFIX, type Queues } from '../../src/queue/queues.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { BY_TEST, GARDEN, LIMITS, planWith, standOf, subscriber } from './ledger.ts';

export const gap = (text: string) => parseEvery(text)!;

/** Five issues, one a day; readers may have them every 12 hours or every three days instead. */
export function courseWith(more: Partial<SeriesPlan> = {}): SeriesPlan {
  const plan = planWith(['one', 'two', 'three', 'four', 'five']);
  return {
    ...plan,
    cadence: { every: { kind: 'elapsed', ms: DAY_MS }, timezone: 'UTC' },
    about: {
      ...plan.about,
      paces: [gap('12h'), { kind: 'elapsed', ms: 3 * DAY_MS }],
      letters: ['goodbye', 'finished'],
    },
    ...more,
  };
}

export const ownerOf = (name: string): TokenOwner => ({ series: GARDEN, subscriber: subscriber(name).id });

/** A ledger with its queues, time in our hands, and a worker that does what it is told. */
export interface ReadingWorld {
  readonly store: Store;
  readonly queues: Queues;
  /** The plan in force. */
  readonly plan: SeriesPlan;
  change(more: Partial<SeriesPlan>): Promise<void>;
  join(name: string): Promise<string | undefined>;
  travel(ms: number): void;
  /** What is due for that reader and claimed just now. */
  claim(name: string): Promise<Delivery | undefined>;
  submit(delivery: Delivery): Promise<boolean>;
  settle(delivery: Delivery, outcome: Outcome): Promise<boolean>;
  /** Sends whatever is due for a reader, one issue after another; returns the issues. */
  deliver(name: string): Promise<string[]>;
  /** Letters ordered and not written yet. */
  letters(): Promise<LetterOrder[]>;
  close(): Promise<void>;
}

const nameOf = ({ address }: Delivery): string => address.split('@')[0] ?? '';

export async function openReadingWorld(
  redis: Redis,
  socket: string,
  first: SeriesPlan,
): Promise<ReadingWorld> {
  const clock = { offsetMs: 0 };
  const store = openStore(redis, clock);
  await store.plans.commit(first);
  const connection = { path: socket, maxRetriesPerRequest: null };
  const queues = openQueues(connection, 1_000);
  const letters = new Queue<LetterOrder>(LETTERS, {
    connection,
    prefix: QUEUE_PREFIX,
    skipMetasUpdate: true,
  });
  let plan = first;
  const standFor = (delivery: Delivery) => standOf(plan, delivery.issue, nameOf(delivery));

  const world: ReadingWorld = {
    store,
    queues,
    get plan() {
      return plan;
    },
    async change(more) {
      const changed = { ...plan, ...more, revision: plan.revision + 1, moves: more.moves ?? [] };
      if (!(await store.plans.commit(changed))) throw new Error('Somebody else changed the plan.');
      plan = changed;
    },
    async join(name) {
      const [result] = await joinSeries({ store }, GARDEN, [{ subscriber: subscriber(name) }], BY_TEST);
      return result;
    },
    travel(ms) {
      clock.offsetMs += ms;
    },
    async claim(name) {
      const { id } = subscriber(name);
      for (const issue of plan.issues) {
        const claimed = await store.deliveries.claim(standOf(plan, issue.id, name), LIMITS);
        if (claimed === 'stale-plan') throw new Error('The plan is stale.');
        const delivery = claimed.find((one) => one.subscriber === id);
        if (delivery !== undefined) return delivery;
      }
      return undefined;
    },
    async submit(delivery) {
      const [granted = false] = await store.deliveries.submit(standFor(delivery), [delivery], LIMITS.leaseMs);
      return granted;
    },
    settle(delivery, outcome) {
      const ledger = { surely: <T>(ask: () => Promise<T>) => ask() };
      const tools = { store, ledger, log: silentLog, onUncertain: 'resend' } as unknown as DeliverTools;
      return openSettler(tools).settle(standFor(delivery), delivery, outcome);
    },
    async deliver(name) {
      const sent: string[] = [];
      for (;;) {
        const delivery = await world.claim(name);
        if (delivery === undefined) return sent;
        if (!(await world.submit(delivery))) return sent;
        await world.settle(delivery, { kind: 'accepted' });
        sent.push(delivery.issue);
      }
    },
    async letters() {
      const jobs = await letters.getJobs(['waiting', 'prioritized', 'delayed']);
      return jobs.map(({ data }) => data);
    },
    async close() {
      await letters.close();
      await queues.close();
    },
  };
  return world;
}
