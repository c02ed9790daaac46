import { checkContent } from '../actions/check-content.ts';
import type { ComposedSeries } from '../actions/compose-series.ts';
import { gatheredProblems } from '../domain/gathered-problems.ts';
import { formatNote, formatProblem, isError, type Problem } from '../domain/problem.ts';
import type { Series } from '../domain/series.ts';
import type { Studio } from '../app/studio.ts';
import { count } from './count.ts';
import type { Terminal } from './terminal.ts';

/** Whether warnings stop a command as errors do. */
export interface Strictness {
  readonly strict?: boolean;
}

/** One series without errors, ready to schedule; or undefined after having said what is wrong. */
export async function composedOrSaid(
  terminal: Terminal,
  studio: Studio,
  name: string,
  { strict = false }: Strictness,
): Promise<ComposedSeries | undefined> {
  const checked = await checkContent(studio, name, composingOn(terminal));
  if (checked === undefined) {
    await sayUnknownSeries(terminal, studio, name);
    return undefined;
  }
  const errors = checked.problems.filter(isError);
  const warnings = checked.problems.length - errors.length;
  sayProblems(terminal, strict ? checked.problems : errors);
  if (warnings > 0) {
    const rest = strict ? `, which --strict counts as errors.` : `: \`partwork check ${name}\` shows them.`;
    terminal.say(count(warnings, 'warning') + rest);
  }
  if (isStopped(checked.problems, strict)) return undefined;
  const [composed] = checked.composed;
  if (composed === undefined)
    terminal.say(`Series "${name}" is a draft: take \`draft: true\` out of its _index.md first.`);
  return composed;
}

const QUICK_MS = 1_500;
const FEW_ISSUES = 20;

/** Tells how far composing is, once it has gone on for longer than anybody likes to wait in silence. */
export function composingOn(terminal: Terminal): (done: number, total: number) => void {
  const started = Date.now();
  return (done, total) => {
    if (total > FEW_ISSUES && Date.now() - started > QUICK_MS)
      terminal.progress(`Composing: ${done} of ${count(total, 'issue')}.`);
  };
}

export const isStopped = (problems: readonly Problem[], strict: boolean): boolean =>
  problems.some((problem) => strict || isError(problem));

/**
 * The series as the content folder has it, or undefined after having said what is wrong with it or that there is none. Posts
 * that may belong to it and cannot be read are noted: they stop a schedule, and nothing else.
 */
export async function seriesOrSaid(
  terminal: Terminal,
  studio: Studio,
  name: string,
): Promise<Series | undefined> {
  const { series, reports } = await studio.load();
  const found = series.find(({ id }) => id === name);
  const report = reports.find(({ id }) => id === name);
  if (report === undefined) await sayUnknownSeries(terminal, studio, name);
  else if (found === undefined) sayProblems(terminal, report.problems);
  for (const stray of report?.strayErrors ?? []) terminal.say(formatNote(stray));
  return found;
}

export async function sayUnknownSeries(terminal: Terminal, studio: Studio, name: string): Promise<void> {
  const { reports } = await studio.load();
  const known = reports.map(({ id }) => id).join(', ');
  terminal.say(`There is no series "${name}" in ${studio.config.contentFolder}.`);
  terminal.say(known === '' ? 'There is no series at all: see `partwork check`.' : `There is: ${known}.`);
}

/** Says them gathered, as a person can take them in. Returns how many lines that took. */
export function sayProblems(terminal: Terminal, problems: readonly Problem[]): number {
  const gathered = gatheredProblems(problems);
  for (const problem of gathered) terminal.say(formatProblem(problem));
  return gathered.length;
}
