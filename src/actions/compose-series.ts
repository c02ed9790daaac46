import { isError, type Problem } from '../domain/problem.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';
import type { Composer } from '../compose/render-issue.ts';

/** A series with every issue rendered, as far as that went. */
export interface ComposedSeries {
  readonly series: Series;
  /** In the series' order; an issue with errors is missing. */
  readonly rendered: readonly RenderedIssue[];
  readonly problems: readonly Problem[];
}

/** Renders every issue of a series and gathers what is wrong with any of them. */
export async function composeSeries(composer: Composer, series: Series): Promise<ComposedSeries> {
  const rendered: RenderedIssue[] = [];
  const problems: Problem[] = [];
  for (const issue of series.issues) {
    const result = await composer.renderIssue(series, issue);
    problems.push(...result.problems);
    if ('rendered' in result && !result.problems.some(isError)) rendered.push(result.rendered);
  }
  return { series, rendered, problems };
}
