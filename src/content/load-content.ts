import { resolve } from 'node:path';
import { type Problem, toldOnce } from '../domain/problem.ts';
import type { Instant } from '../domain/instant.ts';
import type { Series } from '../domain/series.ts';
import { buildSeries, partOf, type BuiltSeries } from './build-series.ts';
import { displayPath } from './display-path.ts';
import { findSeries } from './find-series.ts';
import { openLibrary } from './library.ts';
import type { SeriesDefaults } from './read-settings.ts';
import type { SeriesReport } from './series-report.ts';
import { findStrays } from './find-strays.ts';

export interface LoadOptions {
  /** The content folder. */
  readonly root: string;
  readonly defaults: SeriesDefaults;
  /** Posts whose `expiryDate` is over by then are left out; the present unless said otherwise. */
  readonly now?: Instant;
  /** Include drafts: for looking at them, never for sending. */
  readonly withDrafts?: boolean;
}

export interface LoadedContent {
  /** Every series without errors, ready to be scheduled. */
  readonly series: readonly Series[];
  /** Every problem in the content folder, each told once. */
  readonly problems: readonly Problem[];
  /** One for each series, also for those with errors. */
  readonly reports: readonly SeriesReport[];
}

/**
 * Reads a content folder: series folders, a Hugo, Jekyll or Astro blog, or both. Files are only read, never written. Whatever is wrong
 * with them is in `problems`; a series with an error in itself or in one of its posts is not in `series`.
 */
export async function loadContent({
  root,
  defaults,
  now = Date.now(),
  withDrafts = false,
}: LoadOptions): Promise<LoadedContent> {
  const library = await openLibrary(resolve(root));
  if (library === undefined) return nothing(missing(root));

  const { posts, problems } = library.root;
  const sources = findSeries(posts, defaults.language);
  if (sources.length === 0) {
    const strays = findStrays(posts, [], []);
    return nothing(...problems, ...strays.flatMap((stray) => stray.problems), noSeries(root));
  }

  const options = { defaults, now, withDrafts };
  const built = await Promise.all(sources.map((source) => buildSeries(source, library, options)));
  const alone = built.map(({ report }) => refuseSharedId(report, built));
  const ofSeries = alone.flatMap((report) => report.problems);
  const strays = findStrays(posts, built, ofSeries);
  const reports = alone.map((report, index) => {
    const missed = strays.filter(({ missedBy }) => missedBy.some((source) => source === sources[index]));
    return { ...report, strayErrors: missed.flatMap((stray) => stray.problems) };
  });
  const all = [...problems, ...ofSeries, ...strays.flatMap((stray) => stray.problems)];
  return { series: reports.flatMap(({ series }) => series ?? []), problems: toldOnce(all), reports };
}

const nothing = (...problems: Problem[]): LoadedContent => ({ series: [], problems, reports: [] });

const missing = (root: string): Problem => ({
  severity: 'error',
  file: displayPath(resolve(root)),
  message: 'The content folder is not there.',
  fix: 'Create it, or say where it is.',
});

const noSeries = (root: string): Problem => ({
  severity: 'warning',
  file: displayPath(resolve(root)),
  message: 'There is no series in the content folder.',
  fix: 'A series is a folder with an `_index.md`, or a name under `series:` in the front matter of posts.',
});

function refuseSharedId(report: SeriesReport, all: readonly BuiltSeries[]): SeriesReport {
  const other = all.map((one) => one.report).find(({ id, file }) => id === report.id && file !== report.file);
  if (other === undefined) return report;
  const message = `The series is called \`${report.id}\`, and so is the one in ${other.file}.`;
  const problem: Problem = {
    severity: 'error',
    file: report.file,
    message,
    fix: 'Rename one of the two folders.',
  };
  const { series, ...rest } = report;
  const partial = series === undefined ? report.partial : partOf(series, []);
  return {
    ...rest,
    problems: [...report.problems, problem],
    ...(partial === undefined ? {} : { partial }),
  };
}
