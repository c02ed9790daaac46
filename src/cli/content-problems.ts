import { composeSeries, type ComposedSeries } from '../actions/compose-series.ts';
import { formatProblem, isError, type Problem, toldOnce } from '../domain/problem.ts';
import type { Composer } from '../compose/render-issue.ts';
import type { PartialSeries, SeriesReport } from '../content/series-report.ts';
import type { Series, SeriesId } from '../domain/series.ts';
import type { Studio } from '../app/studio.ts';
import { count } from './count.ts';
import type { Terminal } from './terminal.ts';

/** Content as read and rendered, with everything that is wrong with it. */
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
export async function checkContent(studio: Studio, name?: string): Promise<CheckedContent | undefined> {
  const content = await studio.load();
  const reports = content.reports.filter(({ id }) => name === undefined || id === name);
  if (name !== undefined && reports.length === 0) return undefined;

  const composer = await studio.composer();
  const checked: CheckedSeries[] = [];
  for (const report of reports) checked.push(await checkSeries(composer, report));

  const ofOthers = name === undefined ? content.problems : [];
  return {
    composed: checked.flatMap(({ composed, errors }) => (errors === 0 ? (composed ?? []) : [])),
    unusable: checked.filter(({ errors }) => errors > 0),
    problems: toldOnce([...ofOthers, ...checked.flatMap(({ problems }) => problems)]),
    leftOut: reports.flatMap(({ leftOut }) =>
      leftOut.map(({ file, reason }) => `${file}: left out: ${reason}`),
    ),
  };
}

interface CheckedSeries {
  readonly id: SeriesId;
  readonly composed?: ComposedSeries;
  readonly problems: readonly Problem[];
  readonly errors: number;
}

async function checkSeries(composer: Composer, report: SeriesReport): Promise<CheckedSeries> {
  const { id, series, partial } = report;
  const composed = series && (await composeSeries(composer, series));
  const ofBodies = composed?.problems ?? (partial === undefined ? [] : await bodyProblems(composer, partial));
  const problems = toldOnce([...report.problems, ...report.strayErrors, ...ofBodies]);
  const errors = problems.filter(isError).length;
  return { id, problems, errors, ...(composed === undefined ? {} : { composed }) };
}

async function bodyProblems(composer: Composer, { series, sound }: PartialSeries): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const issue of sound) problems.push(...(await composer.renderIssue(series, issue)).problems);
  return problems;
}

/** One series without errors, ready to schedule; or undefined after having said what is wrong. */
export async function composedOrSaid(
  terminal: Terminal,
  studio: Studio,
  name: string,
): Promise<ComposedSeries | undefined> {
  const checked = await checkContent(studio, name);
  if (checked === undefined) {
    await sayUnknownSeries(terminal, studio, name);
    return undefined;
  }
  const errors = checked.problems.filter(isError);
  const warnings = checked.problems.length - errors.length;
  sayProblems(terminal, errors);
  if (warnings > 0) terminal.say(`${count(warnings, 'warning')}: \`partwork check ${name}\` shows them.`);
  if (errors.length > 0) return undefined;
  const [composed] = checked.composed;
  if (composed === undefined)
    terminal.say(`Series "${name}" is a draft: take \`draft: true\` out of its _index.md first.`);
  return composed;
}

/** The series as the content folder has it, or undefined after having said that there is none. */
export async function seriesOrSaid(
  terminal: Terminal,
  studio: Studio,
  name: string,
): Promise<Series | undefined> {
  const { series, reports } = await studio.load();
  const found = series.find(({ id }) => id === name);
  const report = reports.find(({ id }) => id === name);
  if (found !== undefined) return found;
  if (report === undefined) await sayUnknownSeries(terminal, studio, name);
  else sayProblems(terminal, report.problems);
  return undefined;
}

export async function sayUnknownSeries(terminal: Terminal, studio: Studio, name: string): Promise<void> {
  const { reports } = await studio.load();
  const known = reports.map(({ id }) => id).join(', ');
  terminal.say(`There is no series "${name}" in ${studio.config.contentFolder}.`);
  terminal.say(known === '' ? 'There is no series at all: see `partwork check`.' : `There is: ${known}.`);
}

export function sayProblems(terminal: Terminal, problems: readonly Problem[]): void {
  for (const problem of problems) terminal.say(formatProblem(problem));
}
