import type { IssueId } from '../../domain/issue.ts';
import type { AheadReason, Missed, MissedReason, ResendObstacle } from '../../domain/missed.ts';
import { END, START, type Place, type SeriesPlan } from '../../domain/plan.ts';
import type { HistoryEntry } from '../../domain/subscription.ts';
import type { Reader } from '../../store/reading.ts';
import type { Suppression } from '../../store/subscribers.ts';

/** A reader as the ledger has them, and one issue of the series. */
export interface SeenByIssue {
  readonly plan: SeriesPlan;
  readonly issue: IssueId;
  readonly reader: Reader;
  readonly suppression?: Suppression;
}

/** Why a reader has not had an issue; undefined when they have. */
export function missedOf(seen: SeenByIssue): Missed | undefined {
  const { plan, issue, reader, suppression } = seen;
  const { subscriber } = reader.record;
  const entry = entryOf(seen);
  if (entry?.outcome === 'accepted') return undefined;
  const why = whyOf(seen, entry);
  const at = why === 'left' || (why === 'suppressed' && entry === undefined) ? endOf(seen) : entry?.at;
  const obstacle = obstacleOf(seen, why, (entry?.uncertain ?? 0) > 0);
  const words =
    why === 'suppressed' ? (suppression?.reason ?? '') : (entry?.reason ?? seen.reader.delivery?.reply ?? '');
  return {
    series: plan.series,
    issue,
    subscriber: subscriber.id,
    address: subscriber.address,
    why,
    ...(at !== undefined && { at }),
    words: why === 'rejected' || why === 'suppressed' || isOfIssue(seen) ? words : '',
    ...(obstacle !== undefined && { obstacle }),
  };
}

function whyOf(seen: SeenByIssue, entry: HistoryEntry | undefined): MissedReason | AheadReason {
  const { reader, issue } = seen;
  const { delivery, subscription } = reader;
  if (entry?.outcome === 'held' || (isOfIssue(seen) && delivery?.stage === 'held')) return 'held';
  if (isOfIssue(seen) && delivery?.isDoubted === true) return 'uncertain';
  if (isComing(seen)) return isOfIssue(seen) && (delivery?.attempt ?? 1) > 1 ? 'deferred' : 'waiting';
  if (entry?.outcome === 'rejected') return 'rejected';
  if (entry?.outcome === 'skipped') return 'suppressed';
  if (subscription.state === 'ended') return isUnmailable(subscription.reason) ? 'suppressed' : 'left';
  const isPassed = reader.record.passed.some(
    (one) => one.series === subscription.series && one.issue === issue,
  );
  return isPassed || hadEarlier(seen) ? 'skipped' : 'began-later';
}

const entryOf = ({ plan, issue, reader }: SeenByIssue): HistoryEntry | undefined =>
  reader.record.history.find((one) => one.series === plan.series && one.issue === issue);

const isOfIssue = ({ reader, issue }: SeenByIssue): boolean => reader.delivery?.issue === issue;

const isUnmailable = (reason: string | undefined): boolean =>
  reason === 'suppressed' || reason === 'rejected';

const endOf = ({ reader: { subscription } }: SeenByIssue) =>
  subscription.state === 'ended' ? subscription.since : undefined;

/** It is ahead of them, in the order of the series or because they are sent it again. */
function isComing({ plan, issue, reader: { subscription } }: SeenByIssue): boolean {
  const { state, detour, place } = subscription;
  if (state === 'ended') return false;
  if (detour?.includes(issue) === true) return true;
  const goesOnAt = detour?.at(-1) ?? place;
  return goesOnAt !== undefined && positionOf(plan, goesOnAt) <= positionOf(plan, issue);
}

function positionOf(plan: SeriesPlan, place: Place): number {
  if (place === START) return -1;
  return place === END ? Infinity : plan.issues.findIndex(({ id }) => id === place);
}

function hadEarlier({ plan, issue, reader: { record } }: SeenByIssue): boolean {
  const earlier = new Set<string>(plan.issues.slice(0, positionOf(plan, issue)).map(({ id }) => id));
  return record.history.some((one) => one.series === plan.series && earlier.has(one.issue));
}

function obstacleOf(
  { reader: { subscription }, suppression }: SeenByIssue,
  why: MissedReason | AheadReason,
  isDoubted: boolean,
): ResendObstacle | undefined {
  if (suppression !== undefined) return 'suppressed';
  if (subscription.state === 'ended') return 'left';
  // A copy that broke off may have arrived, whatever was said of the next one.
  return why === 'held' || why === 'uncertain' || isDoubted ? 'in-doubt' : undefined;
}
