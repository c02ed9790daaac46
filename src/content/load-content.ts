import { resolve } from 'node:path';
import { formatProblem, isError, type Problem } from '../domain/problem.ts';
import type { Instant } from '../domain/instant.ts';
import type { Series } from '../domain/series.ts';
import { buildSeries } from './build-series.ts';
import { displayPath } from './display-path.ts';
import { findField } from './find-field.ts';
import { findSeries, isPost, type SeriesSource } from './find-series.ts';
import { openLibrary } from './library.ts';
import type { Post } from './post.ts';
import type { SeriesDefaults } from './read-settings.ts';
import type { SeriesReport } from './series-report.ts';

export interface LoadOptions {
  /** The content folder. */
  readonly root: string;
  readonly defaults: SeriesDefaults;
  /** Posts whose `expiryDate` is over by then are left out; the present unless said otherwise. */
  readonly now?: Instant;
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
export async function loadContent({ root, defaults, now = Date.now() }: LoadOptions): Promise<LoadedContent> {
  const library = await openLibrary(resolve(root));
  if (library === undefined) return nothing(missing(root));

  const { posts, problems } = library.root;
  const sources = findSeries(posts);
  if (sources.length === 0) return nothing(...problems, ...strayProblems(posts, []), noSeries(root));

  const built = await Promise.all(sources.map((source) => buildSeries(source, library, { defaults, now })));
  const reports = built.map((report) => refuseSharedId(report, built));
  const ofSeries = reports.flatMap((report) => report.problems);
  const all = [...problems, ...ofSeries, ...strayProblems(posts, ofSeries, sources)];
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

function refuseSharedId(report: SeriesReport, all: readonly SeriesReport[]): SeriesReport {
  const other = all.find(({ id, file }) => id === report.id && file !== report.file);
  if (other === undefined) return report;
  const message = `The series is called \`${report.id}\`, and so is the one in ${other.file}.`;
  const problem: Problem = {
    severity: 'error',
    file: report.file,
    message,
    fix: 'Rename one of the two folders.',
  };
  return {
    id: report.id,
    file: report.file,
    leftOut: report.leftOut,
    problems: [...report.problems, problem],
  };
}

/** Files that cannot be read, or name their series in a way that is not, may have been meant for a series. */
function strayProblems(
  posts: readonly Post[],
  told: readonly Problem[],
  sources: readonly SeriesSource[] = [],
): Problem[] {
  const known = new Set(told.filter(isError).map(({ file }) => file));
  const taken = new Set(sources.flatMap(({ members }) => members));
  const strays = posts.filter((post) => isPost(post) && !taken.has(post) && !known.has(post.file));
  return strays.flatMap(({ faults, data, file }) => {
    const field = findField(data, 'series');
    const isMap = field?.value.kind === 'map';
    const message = '`series` must be a name or a list of names, so this post is in no series.';
    const misnamed: Problem[] = isMap ? [{ severity: 'warning', file, line: field.line, message }] : [];
    return [...faults.map((fault): Problem => ({ ...fault, severity: 'warning' })), ...misnamed];
  });
}

const toldOnce = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [formatProblem(problem), problem])).values(),
];
