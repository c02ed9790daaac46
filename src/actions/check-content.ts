import type { Composer } from '../compose/render-issue.ts';
import type { LoadedContent } from '../content/load-content.ts';
import type { PartialSeries, SeriesReport } from '../content/series-report.ts';
import { withNamedIssues } from '../domain/named-issues.ts';
import { isError, type Problem, toldOnce } from '../domain/problem.ts';
import type { Series, SeriesId } from '../domain/series.ts';
import { composeIssue, type ComposeTools, type Lint } from './compose-issue.ts';
import { composeSeries, type ComposedSeries } from './compose-series.ts';

/** The writer's side, as far as reading and judging it goes. */
export interface StudioTools {
  readonly load: () => Promise<LoadedContent>;
  readonly composer: () => Promise<Composer>;
  readonly lint: Lint;
  readonly letterProblems: (series: Series) => Promise<readonly Problem[]>;
}

/** Content as read, rendered and looked at as mail, with everything that is wrong with it. */
export interface CheckedContent {
  /** Every series without errors, its posts' bodies included: what may be scheduled. */
  readonly composed: readonly ComposedSeries[];
  /** The others that have errors. */
  readonly unusable: readonly { readonly id: SeriesId; readonly errors: number }[];
  readonly problems: readonly Problem[];
  /** Posts left out on purpose, in words: drafts, expired. */
  readonly leftOut: readonly string[];
}

/** Reads and renders all series, or the one named. undefined = there is no series of that name. */
export async function checkContent(
  tools: StudioTools,
  name?: string,
  onProgress?: (done: number, total: number) => void,
): Promise<CheckedContent | undefined> {
  const content = await tools.load();
  const reports = content.reports.filter(({ id }) => name === undefined || id === name);
  if (name !== undefined && reports.length === 0) return undefined;

  const total = reports.flatMap(({ series, partial }) => series?.issues ?? partial?.sound ?? []).length;
  let done = 0;
  const onComposed = (): void => onProgress?.((done += 1), total);
  const composeTools = { composer: await tools.composer(), lint: tools.lint, onComposed };
  const checked: CheckedSeries[] = [];
  for (const report of reports) checked.push(await checkSeries(composeTools, report));

  const ofOthers = name === undefined ? content.problems : [];
  // All series have their letters on the same templates.
  const [series] = reports.flatMap(({ series }) => series ?? []);
  const ofLetters = series === undefined ? [] : await tools.letterProblems(series);
  const ofSeries = checked.flatMap(({ problems }) => problems);
  return {
    composed: checked.flatMap(({ composed, errors }) => (errors === 0 ? (composed ?? []) : [])),
    unusable: checked.filter(({ errors }) => errors > 0),
    problems: toldOnce([...ofOthers, ...ofSeries, ...ofLetters.filter((one) => !isTold(one, ofSeries))]),
    leftOut: reports.flatMap(({ leftOut }) =>
      leftOut.map(({ file, reason }) => `${file}: left out: ${reason}`),
    ),
  };
}

/** Words that cannot be read at all are as wrong for issues. */
const isTold = ({ file, line, message }: Problem, problems: readonly Problem[]): boolean =>
  problems.some((told) => told.file === file && told.line === line && told.message === message);

interface CheckedSeries {
  readonly id: SeriesId;
  readonly composed?: ComposedSeries;
  readonly problems: readonly Problem[];
  readonly errors: number;
}

async function checkSeries(tools: ComposeTools, report: SeriesReport): Promise<CheckedSeries> {
  const { id, series, partial } = report;
  const composed = series && (await composeSeries(tools, series));
  const ofBodies = composed?.problems ?? (partial === undefined ? [] : await bodyProblems(tools, partial));
  const problems = toldOnce([...report.problems, ...report.strayErrors, ...ofBodies]);
  const errors = problems.filter(isError).length;
  return { id, problems, errors, ...(composed === undefined ? {} : { composed }) };
}

async function bodyProblems(tools: ComposeTools, { series, sound }: PartialSeries): Promise<Problem[]> {
  const problems: Problem[] = [];
  const named = withNamedIssues(series);
  for (const issue of sound) problems.push(...(await composeIssue(tools, named, issue)).problems);
  return problems;
}
