import type { Problem } from '../domain/problem.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';
import { composeIssue, type ComposeTools } from './compose-issue.ts';

/** A series with every issue rendered, as far as that went. */
export interface ComposedSeries {
  readonly series: Series;
  /** In the series' order; an issue that could not be rendered is missing. */
  readonly rendered: readonly RenderedIssue[];
  /** With an error among them nothing of it is scheduled. */
  readonly problems: readonly Problem[];
}

/** Renders every issue of a series and gathers what is wrong with any of them. */
export async function composeSeries(tools: ComposeTools, series: Series): Promise<ComposedSeries> {
  const rendered: RenderedIssue[] = [];
  const problems: Problem[] = [];
  for (const issue of series.issues) {
    const composed = await composeIssue(tools, series, issue);
    problems.push(...composed.problems);
    if (composed.rendered !== undefined) rendered.push(composed.rendered);
  }
  return { series, rendered, problems };
}
