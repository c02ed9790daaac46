import { createHash } from 'node:crypto';
import type { LoadedContent } from '../content/load-content.ts';
import type { SeriesReport } from '../content/series-report.ts';
import type { Issue } from '../domain/issue.ts';
import type { ListedSeries } from '../domain/preview.ts';
import { withNamedIssues } from '../domain/named-issues.ts';
import { formatProblem, type Problem } from '../domain/problem.ts';
import type { Series } from '../domain/series.ts';

/** A series as far as it could be read. */
export interface ShelvedSeries extends Omit<ListedSeries, 'issues'> {
  readonly issues: readonly ShelvedIssue[];
}

export interface ShelvedIssue {
  readonly series: Series;
  readonly issue: Issue;
  /** Of its front matter. */
  readonly problems: readonly Problem[];
  /** False when its front matter has errors: it is not composed then. */
  readonly isSound: boolean;
  /** Over all of the content that may show in its mail. */
  readonly digest: string;
}

export interface Shelf {
  readonly series: readonly ShelvedSeries[];
  /** Of the content folder, outside these series. */
  readonly problems: readonly Problem[];
}

/** What was read from the content folder, put in order for looking at: all series, or only the one named. */
export function shelve({ reports, problems }: LoadedContent, only?: string): Shelf {
  const wanted = reports.filter(({ id }) => only === undefined || id === only);
  const told = new Set(reports.flatMap((report) => report.problems).map(formatProblem));
  return {
    series: wanted.map(shelveSeries),
    problems: only === undefined ? problems.filter((problem) => !told.has(formatProblem(problem))) : [],
  };
}

function shelveSeries(report: SeriesReport): ShelvedSeries {
  const loaded = report.series ?? report.partial?.series;
  const series = loaded && withNamedIssues(loaded);
  const sound = new Set(report.series?.issues ?? report.partial?.sound);
  const files = new Set(series?.issues.map(({ file }) => file));
  const shell = series === undefined ? '' : shellOf(series);
  const issues = (series?.issues ?? []).map((issue) => ({
    series: series as Series,
    issue,
    problems: report.problems.filter(({ file }) => file === issue.file),
    isSound: sound.has(issue),
    digest: sha256(shell + JSON.stringify(issue)),
  }));
  return {
    id: report.id,
    title: series?.title ?? report.id,
    language: series?.language ?? '',
    issues,
    problems: [...report.problems.filter(({ file }) => !files.has(file)), ...report.strayErrors],
    leftOut: report.leftOut.map(({ file, reason }) => `${file}: ${reason}`),
  };
}

/** The series as its other issues show it: bodies are only in their own. */
function shellOf(series: Series): string {
  const issues = series.issues.map(({ body: _body, params: _params, lines: _lines, ...issue }) => issue);
  return sha256(JSON.stringify({ ...series, issues }));
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
