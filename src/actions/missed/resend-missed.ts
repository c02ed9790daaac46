import { setTimeout as sleep } from 'node:timers/promises';
import type { FailureFilter } from '../../domain/failure.ts';
import { isMeant } from '../../domain/failure.ts';
import { failpoint } from '../../domain/failpoint.ts';
import type { IssueId } from '../../domain/issue.ts';
import { USUAL_RESEND_REASONS, type Missed, type MissedReason } from '../../domain/missed.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { SeriesId } from '../../domain/series.ts';
import { STALE_PLAN, type StalePlan } from '../../domain/stale-plan.ts';
import { partitionOf, type SubscriberId } from '../../domain/subscriber.ts';
import type { Store } from '../../store/open-store.ts';
import type { Reader } from '../../store/reading.ts';
import type { ResendAnswer, ResendOrder } from '../../store/resends.ts';
import { gapEndOf } from '../reading/change-reading.ts';
import { retryWhenStale } from '../retry-when-stale.ts';
import { listMissed } from './list-missed.ts';
import { missedOf } from './missed-of.ts';

export interface ResendWish extends Pick<FailureFilter, 'domain' | 'code'> {
  /** Whoever missed it for one of these; the usual ones unless given. */
  readonly reasons?: readonly MissedReason[];
}

/** How many were told what. */
export type Resent = Readonly<Record<ResendAnswer, number>>;

const TOGETHER = 100;
const TRIES = 5;
const PAUSE_MS = 25;

/** Whether a reader is one of those to send it to again, as far as can be said before the ledger is asked. */
export function isToResend(
  missed: Missed,
  { reasons = USUAL_RESEND_REASONS, ...filter }: ResendWish,
): boolean {
  return (
    missed.obstacle === undefined &&
    reasons.some((reason) => reason === missed.why) &&
    isMeant(missed, filter)
  );
}

/**
 * Sends an issue again to those who missed it and can have it now: each gets it after their gap, and then goes on where they were. Doing it
 * twice changes nothing, and after a crash the rest is done by doing it again. `tell` hears how many people were looked at.
 */
export async function resendMissed(
  { store }: { store: Store },
  series: SeriesId,
  issue: IssueId,
  wish: ResendWish,
  tell?: (looked: number) => void,
): Promise<Resent> {
  const resent = nobodyYet();
  for await (const page of listMissed({ store }, series, issue, tell)) {
    const meant = page.filter((missed) => isToResend(missed, wish)).map(({ subscriber }) => subscriber);
    for (const ids of batchesOf(meant)) {
      for (const answer of await resendTo(store, series, issue, ids, wish)) resent[answer]++;
      await failpoint('resend.batch');
    }
  }
  return resent;
}

const nobodyYet = (): Record<ResendAnswer, number> => ({
  coming: 0,
  'coming-already': 0,
  had: 0,
  ended: 0,
  suppressed: 0,
  'in-doubt': 0,
  'under-way': 0,
  changed: 0,
});

/** Of one partition each, so that one step of the ledger does. */
function batchesOf(ids: readonly SubscriberId[]): SubscriberId[][] {
  const partitions = new Map<string, SubscriberId[]>();
  for (const id of ids) partitions.set(partitionOf(id), [...(partitions.get(partitionOf(id)) ?? []), id]);
  return [...partitions.values()].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, index) =>
      all.slice(index * TOGETHER, (index + 1) * TOGETHER),
    ),
  );
}

/** Readers of one partition. Who is found changed is looked at again. */
async function resendTo(
  store: Store,
  series: SeriesId,
  issue: IssueId,
  ids: readonly SubscriberId[],
  wish: ResendWish,
): Promise<ResendAnswer[]> {
  const answers: ResendAnswer[] = [];
  let left = ids;
  for (let tries = 0; tries < TRIES && left.length > 0; tries++) {
    if (tries > 0) await sleep(PAUSE_MS);
    const asked = left;
    const told = await retryWhenStale(store, series, async (plan) =>
      plan === undefined ? [] : resendUnder(store, plan, issue, asked, wish),
    );
    answers.push(...told.flatMap(({ answer }) => (answer === 'changed' ? [] : [answer])));
    left = told.flatMap(({ subscriber, answer }) => (answer === 'changed' ? [subscriber] : []));
  }
  return [...answers, ...left.map(() => 'changed' as const)];
}

async function resendUnder(
  store: Store,
  plan: SeriesPlan,
  issue: IssueId,
  ids: readonly SubscriberId[],
  wish: ResendWish,
): Promise<{ subscriber: SubscriberId; answer: ResendAnswer }[] | StalePlan> {
  const now = await store.now();
  const readers = await Promise.all(ids.map((id) => store.reading.find(plan, id, now)));
  if (readers.includes(STALE_PLAN)) return STALE_PLAN;
  const orders = readers.flatMap((reader) =>
    typeof reader === 'object' ? orderFor(plan, issue, reader, wish) : [],
  );
  const answers = await store.resends.resend(plan, issue, orders);
  if (answers === STALE_PLAN) return STALE_PLAN;
  return orders.map(({ subscriber }, index) => ({ subscriber, answer: answers[index] ?? 'changed' }));
}

function orderFor(plan: SeriesPlan, issue: IssueId, reader: Reader, wish: ResendWish): ResendOrder[] {
  const { record, subscription } = reader;
  const missed = missedOf({ plan, issue, reader });
  if (missed === undefined || subscription.place === undefined || !isToResend(missed, wish)) return [];
  const gap = gapEndOf(plan, reader, subscription.pace);
  return [
    {
      subscriber: record.subscriber.id,
      place: subscription.place,
      became: becameOf(reader, plan, issue),
      ...(gap !== undefined && { gap }),
      ...(subscription.pace !== undefined && { pace: subscription.pace }),
    },
  ];
}

function becameOf({ record }: Reader, { series }: SeriesPlan, issue: IssueId): ResendOrder['became'] {
  const isIt = (one: { readonly series: SeriesId; readonly issue: string }): boolean =>
    one.series === series && one.issue === issue;
  const outcome = record.history.find(isIt)?.outcome;
  if (outcome === 'rejected' || outcome === 'skipped') return outcome;
  return record.passed.some(isIt) ? 'passed' : '';
}
