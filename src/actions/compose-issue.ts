import type { Composer } from '../compose/render-issue.ts';
import type { Issue } from '../domain/issue.ts';
import { isError, type Problem } from '../domain/problem.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';

/** Reads a rendered issue as the message a reader would get, and tells what is wrong with it. */
export type Lint = (series: Series, issue: Issue, rendered: RenderedIssue) => Promise<readonly Problem[]>;

export interface ComposeTools {
  readonly composer: Composer;
  readonly lint: Lint;
  /** Told after each issue, for whoever watches long work. */
  readonly onComposed?: () => void;
}

export interface ComposedIssue {
  /** Absent when it could not be rendered at all; with errors it may be looked at, and not sent. */
  readonly rendered?: RenderedIssue;
  readonly problems: readonly Problem[];
}

/** Renders an issue and judges what came of it. What composer and lint both find is told once. */
export async function composeIssue(
  { composer, lint, onComposed }: ComposeTools,
  series: Series,
  issue: Issue,
): Promise<ComposedIssue> {
  const result = await composer.renderIssue(series, issue);
  onComposed?.();
  if (!('rendered' in result)) return result;
  const found = await lint(series, issue, result.rendered);
  const isNew = (problem: Problem): boolean => !result.problems.some((told) => says(told, problem));
  return { rendered: result.rendered, problems: [...result.problems, ...found.filter(isNew)] };
}

/** The composer knows the post's lines, the lint sometimes only the post. */
const says = (told: Problem, found: Problem): boolean =>
  told.rule === found.rule &&
  told.file === found.file &&
  (found.line === undefined || told.line === found.line) &&
  (isError(told) || !isError(found));
