import { placeNamed } from '../../actions/join-series.ts';
import type { App } from '../../app.ts';
import type { Place } from '../../domain/plan.ts';
import type { SeriesId } from '../../domain/series.ts';
import { seriesOrSaid } from '../content-problems.ts';
import type { Terminal } from '../terminal.ts';

/** A series readers can be put into: scheduled already, or only in the content folder so far. */
export interface KnownSeries {
  readonly id: SeriesId;
  /** An issue's id or number → the place before it. */
  readonly placeNamed: (name: string) => Place | undefined;
}

/** The series of that name, or undefined after having said that there is none, or what is wrong with it. */
export async function knownSeries(
  terminal: Terminal,
  app: App,
  name: string,
): Promise<KnownSeries | undefined> {
  const plan = await app.store.plans.find(name as SeriesId);
  if (plan !== undefined) return { id: plan.series, placeNamed: (wanted) => placeNamed(plan, wanted) };

  const found = await seriesOrSaid(terminal, app, name);
  if (found === undefined) return undefined;
  const { id, issues } = found;
  return {
    id,
    placeNamed: (wanted) =>
      issues.find((issue) => issue.id === wanted || String(issue.number) === wanted)?.id,
  };
}
