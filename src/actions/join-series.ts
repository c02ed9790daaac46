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
import { STALE_PLAN } from '../domain/stale-plan.ts';
import { partitionOf, type Subscriber } from '../domain/subscriber.ts';
import type { Store } from '../store/open-store.ts';
import type { Joining, JoinResult, JoinTerms } from '../store/subscriptions.ts';
import { retryWhenStale } from './retry-when-stale.ts';

/** Somebody who has agreed to get a series. */
export interface Joiner {
  readonly subscriber: Subscriber;
  /** The place to begin at when it is not for the join rule to say, e.g. coming from another tool in the middle of a series. */
  readonly place?: Place | undefined;
  readonly consentAt?: Instant | undefined;
  /** The reader's own gap; absent = the series'. */
  readonly pace?: Every | undefined;
}

/** Puts readers into a series by its join rule; who is in already stays where they are. Results in the order of `joiners`. */
export async function joinSeries(
  { store }: { store: Store },
  series: SeriesId,
  joiners: readonly Joiner[],
  terms: JoinTerms,
): Promise<JoinResult[]> {
  const results: JoinResult[] = [];
  let pending = byPartition(joiners);
  await retryWhenStale(store, series, async (plan) => {
    const joiningOf = joiningIn(plan, await store.now());
    if (plan === undefined) await store.plans.noteEarlyPlaces(series, earlyPlaces(joiners));
    const known = plan ?? (await store.plans.findOrName(series));
    const stale: IndexedJoiner[][] = [];
    const join = async (group: IndexedJoiner[]) => {
      const joinings = group.map(({ joiner }) => joiningOf(joiner));
      const answers = await store.subscriptions.join(known, joinings, terms);
      if (answers === STALE_PLAN) stale.push(group);
      else group.forEach(({ index }, i) => (results[index] = answers[i] ?? 'known'));
    };
    await Promise.all(pending.map(join));
    pending = stale;
    return stale.length > 0 ? STALE_PLAN : undefined;
  });
  return results;
}

interface IndexedJoiner {
  readonly index: number;
  readonly joiner: Joiner;
}

function byPartition(joiners: readonly Joiner[]): IndexedJoiner[][] {
  const groups = new Map<string, IndexedJoiner[]>();
  joiners.forEach((joiner, index) => {
    const partition = partitionOf(joiner.subscriber.id);
    const group = groups.get(partition);
    if (group === undefined) groups.set(partition, [{ index, joiner }]);
    else group.push({ index, joiner });
  });
  return [...groups.values()];
}

/** What is the same for all readers is found out once. */
function joiningIn(plan: SeriesPlan | undefined, now: Instant): (joiner: Joiner) => Joining {
  if (plan === undefined) return (joiner) => ({ ...joiner, place: joiner.place ?? START });
  const dueAt = firstDue(now, plan.cadence);
  const usual = placeToJoin(plan, now);
  const places = new Map<Place | undefined, Place>([[undefined, usual]]);
  return (joiner) => {
    const place = places.get(joiner.place) ?? placeNear(joiner.place, plan, usual);
    places.set(joiner.place, place);
    // Not spread: that takes longer than all the rest here, and there may be millions.
    return { subscriber: joiner.subscriber, place, dueAt, consentAt: joiner.consentAt, pace: joiner.pace };
  };
}

/** What was named may be in no plan, where nobody would ever look, or have been taken out since: then they begin with what came after it. */
function placeNear(named: Place | undefined, plan: SeriesPlan, usual: Place): Place {
  if (named === undefined || !placesOf(plan).includes(named)) return usual;
  if (!isIssue(named) || liveIssues(plan).some(({ id }) => id === named)) return named;
  return placeAfter(plan, named);
}

const earlyPlaces = (joiners: readonly Joiner[]): IssueId[] => [
  ...new Set(joiners.flatMap(({ place = START }) => (isIssue(place) ? [place] : []))),
];

/** `3`, or an issue's id → the place before that issue; undefined when the plan has no such issue. */
export function placeNamed(plan: SeriesPlan, name: string): Place | undefined {
  const issues = liveIssues(plan);
  return (
    issues.find(({ id }) => id === name)?.id ??
    (/^\d+$/.test(name) ? issues[Number(name) - 1]?.id : undefined)
  );
}
