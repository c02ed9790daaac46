import type { Series } from './series.ts';

/** A series for looking at, in which a post that has no title is called by its id: the mails of its neighbours name it. */
export function withNamedIssues(series: Series): Series {
  if (series.issues.every(({ title }) => title !== '')) return series;
  const issues = series.issues.map((issue) => (issue.title === '' ? { ...issue, title: issue.id } : issue));
  return { ...series, issues };
}
