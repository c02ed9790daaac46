import type { Redis } from 'ioredis';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { SeriesPlan } from '../../src/domain/plan.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import type { Settlement } from '../../src/domain/settlement.ts';
import { partitionOf, subscriberIdOf, type Subscriber } from '../../src/domain/subscriber.ts';
import type { Stand } from '../../src/store/deliveries.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';

export const BY_TEST = { source: 'test', mayComeBack: true };
export const GARDEN = 'garden' as SeriesId;

/** A running, undated plan without gaps, unless said otherwise. */
export function planWith(issues: readonly string[], more: Partial<SeriesPlan> = {}): SeriesPlan {
  return {
    series: GARDEN,
    title: 'A garden',
    revision: 1,
    state: 'running',
    startAt: 0,
    cadence: { every: { kind: 'elapsed', ms: 0 }, timezone: 'UTC' },
    join: 'first',
    about: {
      description: 'Letters from a garden, one a day.',
      language: 'en',
      from: { name: 'Ivy Garden', address: 'ivy@example.com' as EmailAddress },
      paces: [],
      letters: [],
    },
    chosen: {},
    issues: issues.map((id) => ({ id: id as IssueId, title: id, rendered: `hash-of-${id}` })),
    moves: [],
    ...more,
  };
}

export function subscriber(name: string): Subscriber {
  const address = `${name}@example.com` as EmailAddress;
  return { id: subscriberIdOf(address, 'salt'), address, name };
}

/** A ledger with a plan in force and readers at its first issue. */
export async function ledgerWith(
  redis: Redis,
  plan: SeriesPlan,
  readers: readonly string[],
): Promise<{ store: Store; clock: { offsetMs: number } }> {
  const clock = { offsetMs: 0 };
  const store = openStore(redis, clock);
  await store.plans.commit(plan);
  for (const name of readers) await joinAt(store, plan, name, plan.issues[0]?.id ?? '@end');
  return { store, clock };
}

export async function joinAt(store: Store, plan: SeriesPlan, name: string, place: string) {
  return store.subscriptions.join(plan, [{ subscriber: subscriber(name), place: place as IssueId }], BY_TEST);
}

export function standOf(plan: SeriesPlan, issue: string, reader: string): Stand {
  const planned = plan.issues.find(({ id }) => id === issue);
  if (planned === undefined) throw new Error(`No issue ${issue}.`);
  return { plan, issue: planned, partition: partitionOf(subscriber(reader).id) };
}

export const LIMITS = { limit: 10, leaseMs: 10_000, onUncertain: 'resend' } as const;

/** Claims one reader's delivery, or undefined when there is nothing to claim. */
export async function claimOne(
  store: Store,
  stand: Stand,
  limits: Parameters<Store['deliveries']['claim']>[1] = LIMITS,
): Promise<Delivery | undefined> {
  const claimed = await store.deliveries.claim(stand, limits);
  if (claimed === 'stale-plan') throw new Error('The plan is stale.');
  return claimed[0];
}

export const settlement = (
  delivery: Delivery,
  kind: Settlement['kind'],
  next: string,
  dueAt = 0,
): Settlement => ({ delivery, kind, next: next as IssueId, dueAt, reason: 'because', pace: '' });

/** Where everybody stands, by first name. */
export async function placesOf(store: Store, plan: SeriesPlan, readers: readonly string[]) {
  const places = await Promise.all(
    readers.map(async (name) => [
      name,
      (await store.subscriptions.findPlace(plan, subscriber(name).id))?.place,
    ]),
  );
  return Object.fromEntries(places) as Record<string, string | undefined>;
}
