import { isOptional, isStale, type LetterKind, type LetterOrder } from '../domain/letter.ts';
import { localeOf, type Locale } from '../domain/locale.ts';
import type { Mailbox } from '../domain/mailbox.ts';
import { END, type SeriesPlan } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import type { Signup } from '../domain/signup.ts';
import type { Store } from '../store/open-store.ts';
import type { SubscriberRecord } from '../store/subscribers.ts';

export type LetterStore = Pick<Store, 'plans' | 'subscribers' | 'subscriptions' | 'signups' | 'now'>;

/** Which letter goes to whom. */
export interface LetterInHand {
  /** Of the kind that is sent: whoever is in already is told so, and asked for nothing. */
  readonly order: LetterOrder;
  readonly plan: SeriesPlan;
  readonly to: Mailbox;
  readonly locale: Locale;
  /** Other series to name, for somebody who has come to the end of this one. */
  readonly others: readonly SeriesPlan[];
}

/** All that the ledger has on an order. */
interface Facts {
  readonly order: LetterOrder;
  readonly plan: SeriesPlan;
  readonly record: SubscriberRecord | undefined;
  readonly signup: Signup | undefined;
}

const MOST_OTHERS = 3;

/** What the ledger says of an ordered letter at this moment; undefined when nobody is to get it any more. */
export async function addressLetter(
  store: LetterStore,
  order: LetterOrder,
): Promise<LetterInHand | undefined> {
  if (isStale(order, await store.now())) return undefined;
  const facts = await gather(store, order);
  if (facts === undefined || (await isSuppressed(store, order))) return undefined;
  const kind = kindFor(facts);
  const recipient = kind === undefined ? undefined : recipientOf(kind, facts);
  if (kind === undefined || recipient === undefined) return undefined;
  if (kind === 'finished' && !(await isAtEnd(store, facts))) return undefined;
  return {
    order: { ...order, kind },
    plan: facts.plan,
    to: recipient,
    locale: localeFor(facts),
    others: kind === 'finished' ? await othersFor(store, facts) : [],
  };
}

async function gather(store: LetterStore, order: LetterOrder): Promise<Facts | undefined> {
  const { kind, series, subscriber } = order;
  const [plan, record, signup] = await Promise.all([
    store.plans.find(series),
    store.subscribers.find(subscriber),
    kind === 'confirm' ? store.signups.find(series, subscriber) : undefined,
  ]);
  return plan === undefined ? undefined : { order, plan, record, signup };
}

/** Whoever was erased may come back, and it is their own confirmation that brings them. */
async function isSuppressed(store: LetterStore, { kind, subscriber }: LetterOrder): Promise<boolean> {
  const suppression = await store.subscribers.findSuppression(subscriber);
  return suppression !== undefined && !(kind === 'confirm' && suppression.reason === 'erased');
}

function kindFor({ order: { kind, series }, plan, record, signup }: Facts): LetterKind | undefined {
  const state = record?.subscriptions.find((one) => one.series === series)?.state;
  if (isOptional(kind)) {
    const isWanted = plan.about.letters.includes(kind);
    return isWanted && state === (kind === 'goodbye' ? 'ended' : 'active') ? kind : undefined;
  }
  if (kind === 'data') return record === undefined ? undefined : kind;
  if (kind === 'confirm' && (signup === undefined || plan.state === 'cancelled')) return undefined;
  if (state === 'active') return 'known';
  return kind === 'confirm' ? kind : undefined;
}

/** A stranger may have asked for a confirmation: the name they typed does not stand in it. */
function recipientOf(kind: LetterKind, { record, signup }: Facts): Mailbox | undefined {
  const address = kind === 'confirm' ? signup?.address : record?.subscriber.address;
  if (address === undefined) return undefined;
  const isAskedByAnybody = kind === 'confirm' || kind === 'known';
  return { name: isAskedByAnybody ? '' : (record?.subscriber.name ?? ''), address };
}

const localeFor = ({ plan, record, signup }: Facts): Locale =>
  localeOf(record?.subscriber.language ?? signup?.language ?? plan.about.language);

/** A new issue may have come since, and then it was not the last one. */
async function isAtEnd(store: LetterStore, { plan, order }: Facts): Promise<boolean> {
  return (await store.subscriptions.findPlace(plan, order.subscriber))?.place === END;
}

async function othersFor(store: LetterStore, { plan, record }: Facts): Promise<SeriesPlan[]> {
  const met = new Set<SeriesId>([plan.series, ...(record?.subscriptions ?? []).map(({ series }) => series)]);
  const others = (await store.plans.all()).filter(
    ({ series, state }) => state !== 'cancelled' && !met.has(series),
  );
  return others.slice(0, MOST_OTHERS);
}
