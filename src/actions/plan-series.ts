import { forecast, type Forecast } from '../domain/forecast.ts';
import type { Instant } from '../domain/instant.ts';
import type { IssueId } from '../domain/issue.ts';
import type { Place, ScheduleChoices } from '../domain/plan.ts';
import { proposePlan, type Proposal } from '../domain/propose-plan.ts';
import type { Store } from '../store/open-store.ts';
import type { ComposedSeries } from './compose-series.ts';
import { countReaders, readersPerIssue } from './count-readers.ts';

export interface ScheduleWish {
  readonly choices: ScheduleChoices;
  readonly startAt?: Instant;
}

/** What scheduling would do, for whom, and when. */
export interface PlanReport extends Proposal {
  readonly composed: ComposedSeries;
  readonly now: Instant;
  /** How many stand at each place, as the plan would have them. */
  readonly readers: ReadonlyMap<Place, number>;
  /** Readers who would never get an issue that was ahead of them: with any of these the change is refused. */
  readonly missed: readonly { readonly issue: IssueId; readonly readers: number }[];
  /** Readers who are past a new issue and will not get it. */
  readonly passed: readonly { readonly issue: IssueId; readonly readers: number }[];
  /** For a reader who is there when the series starts, or who joins now. */
  readonly dates: readonly Forecast[];
}

/** Compares the content with the plan in force and tells what would change. Changes nothing. */
export async function planSeries(
  { store }: { store: Store },
  composed: ComposedSeries,
  { choices, startAt }: ScheduleWish,
): Promise<PlanReport> {
  const { series, rendered } = composed;
  const now = await store.now();
  const current = await store.plans.find(series.id);
  const proposal = proposePlan({
    series,
    rendered: new Map(rendered.map(({ issue, hash }) => [issue, hash])),
    choices,
    now,
    early: current === undefined ? (await store.plans.findOrName(series.id)).issues.map(({ id }) => id) : [],
    ...(current !== undefined && { current }),
    ...(startAt !== undefined && { startAt }),
  });
  const readers = await countReaders(store, series.id);
  const at = (entries: Proposal['change']['missed']) => readersPerIssue(entries, readers);
  return {
    ...proposal,
    composed,
    now,
    readers: afterMoves(readers, proposal),
    missed: at(proposal.change.missed),
    passed: at(proposal.change.passed),
    dates: forecast(proposal.plan, now),
  };
}

function afterMoves(
  readers: ReadonlyMap<Place, number>,
  { isChanged, change }: Proposal,
): ReadonlyMap<Place, number> {
  if (!isChanged) return readers;
  const moved = new Map<Place, number>();
  for (const [place, count] of readers) {
    const to = change.moves.find(({ from }) => from === place)?.to ?? place;
    moved.set(to, (moved.get(to) ?? 0) + count);
  }
  return moved;
}
