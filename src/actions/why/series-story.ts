import type { Instant } from '../../domain/instant.ts';
import { isOffered } from '../../domain/pace.ts';
import { END, isIssue, type PlanOrName, type SeriesPlan } from '../../domain/plan.ts';
import type {
  MissedIssue,
  NextIssue,
  SendingNow,
  SeriesStory,
  StoryPlace,
  StorySuppression,
} from '../../domain/story.ts';
import type { HistoryEntry } from '../../domain/subscription.ts';
import type { Reader } from '../../store/reading.ts';
import { eventsOf } from './events-of.ts';
import { issueNames, type NamedIssue } from './issue-names.ts';
import { obstaclesOf } from './obstacles-of.ts';
import { waitsOf, type Waiting } from './waits-of.ts';

/** A reader of a series, all of the same moment. */
export interface SeenReader {
  /** Only a name before the first `schedule`. */
  readonly plan: PlanOrName | SeriesPlan;
  readonly reader: Reader;
  readonly suppression?: StorySuppression;
  readonly sending: SendingNow;
  readonly now: Instant;
}

/** What there is to tell of somebody who reads a series or has left it. */
export function seriesStoryOf(seen: SeenReader): SeriesStory {
  const { record, subscription } = seen.reader;
  const { series, state, since, pace, round } = subscription;
  const plan = scheduledPlan(seen);
  const named = issueNames(seen.plan);
  const consent = record.consents.find((one) => one.series === series);
  const coming = plan && comingTo(seen, plan, named);
  const obstacles = obstaclesOf({ ...seen, ...factsOf(seen, named, coming), plan, subscription });
  const history = historyOf(seen);
  return {
    series,
    title: plan?.title ?? series,
    seriesState: plan?.state ?? 'unscheduled',
    state: state === 'active' ? 'reading' : 'left',
    since,
    ...(consent !== undefined && { consent: { at: consent.at, source: consent.source } }),
    ...(pace !== undefined && {
      pace: { every: pace, isOffered: plan !== undefined && isOffered(plan, pace) },
    }),
    round,
    place: placeOf(seen, named),
    had: history.filter(({ outcome }) => outcome === 'accepted').length,
    issues: seen.plan.issues.filter(({ retired }) => retired === undefined).length,
    events: eventsOf(record, subscription, named),
    missed: missedBy(seen, history, named),
    ...(coming !== undefined && { next: obstacles.length === 0 ? coming : withoutTime(coming) }),
    obstacles,
  };
}

const scheduledPlan = ({ plan }: SeenReader): SeriesPlan | undefined =>
  'cadence' in plan ? plan : undefined;

const historyOf = ({ reader: { record, subscription } }: SeenReader): readonly HistoryEntry[] =>
  record.history.filter(({ series }) => series === subscription.series);

/** Undefined where nothing is ahead, and for whom the operator must decide first. */
function comingTo(seen: SeenReader, plan: SeriesPlan, named: NamedIssue): Required<NextIssue> | undefined {
  const { reader, now } = seen;
  const { subscription, delivery } = reader;
  const { place, dueAt, state } = subscription;
  const issue = plan.issues.find(({ id }) => id === place);
  if (state === 'ended' || issue === undefined || dueAt === undefined) return undefined;
  const last = lastSettled(seen, named);
  const waiting: Waiting = {
    plan,
    issue,
    subscription,
    dueAt,
    ...(delivery?.issue === issue.id && { delivery }),
    ...(last !== undefined && { last }),
    now,
  };
  return { issue: named(issue.id), ...waitsOf(waiting) };
}

/** The gap counts from it: what was refused for good moves a reader on as well. */
function lastSettled({ reader: { record, subscription } }: SeenReader, named: NamedIssue): Waiting['last'] {
  const settled = [...record.history, ...record.before]
    .filter(
      ({ series, outcome }) => series === subscription.series && /^(?:accepted|rejected)$/.test(outcome),
    )
    .toSorted((a, b) => b.at - a.at)[0];
  return settled && { issue: named(settled.issue), at: settled.at };
}

function factsOf(seen: SeenReader, named: NamedIssue, coming: Required<NextIssue> | undefined) {
  const heldIssue = heldBy(seen);
  const history = historyOf(seen);
  const since = history.find(({ issue, outcome }) => issue === heldIssue && outcome === 'held')?.at;
  const words = seen.reader.delivery?.reply;
  const lastHad = history.filter(({ outcome }) => outcome === 'accepted').map(({ at }) => at);
  return {
    ...(heldIssue !== undefined && {
      held: {
        issue: named(heldIssue),
        ...(since !== undefined && { since }),
        ...(words !== undefined && { words }),
      },
    }),
    ...(coming !== undefined && { at: coming.at }),
    isLeased: seen.reader.delivery?.isLeased === true,
    ...(lastHad.length > 0 && { lastHad: Math.max(...lastHad) }),
  };
}

const heldBy = ({ reader: { delivery } }: SeenReader): string | undefined =>
  delivery?.stage === 'held' ? delivery.issue : undefined;

function placeOf(seen: SeenReader, named: NamedIssue): StoryPlace {
  const { state, place } = seen.reader.subscription;
  const held = heldBy(seen);
  if (state === 'ended') return { kind: 'none' };
  if (held !== undefined) return { kind: 'held', issue: named(held) };
  if (place === undefined) return { kind: 'none' };
  if (isIssue(place)) return { kind: 'before', issue: named(place) };
  return { kind: place === END ? 'end' : 'start' };
}

/** Live issues behind them of which the ledger has nothing: of who has left, behind what they came to last. */
function missedBy(seen: SeenReader, history: readonly HistoryEntry[], named: NamedIssue): MissedIssue[] {
  const live = seen.plan.issues.filter(({ retired }) => retired === undefined);
  const seenIds = new Set(history.map(({ issue }) => issue));
  const { state, place, detour = [] } = seen.reader.subscription;
  const standing = heldBy(seen) ?? place;
  const furthest = live.findLastIndex(({ id }) => seenIds.has(id));
  const before = live.findIndex(({ id }) => id === standing);
  const end =
    state === 'ended' || before >= 0 ? Math.max(before, furthest) : standing === END ? live.length : 0;
  const first = live.findIndex(({ id }) => seenIds.has(id));
  return live.flatMap(({ id }, index): MissedIssue[] => {
    if (index >= end || seenIds.has(id) || detour.includes(id)) return [];
    return [{ ...named(id), why: first < 0 || index < first ? 'before-first' : 'passed-by' }];
  });
}

function withoutTime(coming: NextIssue): NextIssue {
  const { at: _, ...rest } = coming;
  return rest;
}
