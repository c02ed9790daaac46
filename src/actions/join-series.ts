import { firstDue, type Every } from '../domain/cadence.ts';
import type { Instant } from '../domain/instant.ts';
import type { IssueId } from '../domain/issue.ts';
import {
  isIssue,
  liveIssues,
  placeAfter,
  placesOf,
  placeToJoin,
  START,
  type Place,
  type SeriesPlan,
} from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import { partitionOf, type Subscriber } from '../domain/subscriber.ts';
import type { Store } from '../store/open-store.ts';
import type { Joining, JoinResult, JoinTerms } from '../store/subscriptions.ts';
import { retryWhenStale } from './retry-when-stale.ts';

/** Somebody who has agreed to get a series. */
export interface Joiner {
  readonly subscriber: Subscriber;
  /** The place to begin at when it is not for the join rule to say, e.g. coming from another tool in the middle of a series. */
  readonly place?: Place;
  readonly consentAt?: Instant;
  /** The reader's own gap; absent = the series'. */
  readonly pace?: Every;
}

/** Puts readers into a series by its join rule; who is in already stays where they are. Results in the order of `joiners`. */
export async function joinSeries(
  { store }: { store: Store },
  series: SeriesId,
  joiners: readonly Joiner[],
  terms: JoinTerms,
): Promise<JoinResult[]> {
  const results: JoinResult[] = [];
  await Promise.all(
    [...byPartition(joiners).values()].map(async (indices) => {
      const group = indices.map((index) => joiners[index]).filter((joiner) => joiner !== undefined);
      const answers = await retryWhenStale(store, series, async (plan) => {
        const now = await store.now();
        const joinings = group.map((joiner) => joiningOf(joiner, plan, now));
        if (plan === undefined) await store.plans.noteEarlyPlaces(series, earlyPlaces(joinings));
        return store.subscriptions.join(plan ?? (await store.plans.findOrName(series)), joinings, terms);
      });
      indices.forEach((index, i) => (results[index] = answers[i] ?? 'known'));
    }),
  );
  return results;
}

/** `3`, or an issue's id → the place before that issue; undefined when the plan has no such issue. */
export function placeNamed(plan: SeriesPlan, name: string): Place | undefined {
  const issues = liveIssues(plan);
  return (
    issues.find(({ id }) => id === name)?.id ??
    (/^\d+$/.test(name) ? issues[Number(name) - 1]?.id : undefined)
  );
}

function joiningOf(joiner: Joiner, plan: SeriesPlan | undefined, now: Instant): Joining {
  if (plan === undefined) return { ...joiner, place: joiner.place ?? START };
  return { ...joiner, place: placeFor(joiner.place, plan, now), dueAt: firstDue(now, plan.cadence) };
}

/** What was named may be in no plan, where nobody would ever look, or have been taken out since: then they begin with what came after it. */
function placeFor(named: Place | undefined, plan: SeriesPlan, now: Instant): Place {
  if (named === undefined || !placesOf(plan).includes(named)) return placeToJoin(plan, now);
  if (!isIssue(named) || liveIssues(plan).some(({ id }) => id === named)) return named;
  return placeAfter(plan, named);
}

const earlyPlaces = (joinings: readonly Joining[]): IssueId[] => [
  ...new Set(joinings.map(({ place }) => place).filter(isIssue)),
];

function byPartition(joiners: readonly Joiner[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  joiners.forEach(({ subscriber }, index) => {
    const partition = partitionOf(subscriber.id);
    const group = groups.get(partition);
    if (group === undefined) groups.set(partition, [index]);
    else group.push(index);
  });
  return groups;
}
