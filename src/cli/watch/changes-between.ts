import type { Instant } from '../../domain/instant.ts';
import type { SeriesStatus } from '../../domain/series-status.ts';
import { amount } from '../amount.ts';
import { plainText } from '../plain-text.ts';
import { answerOf } from '../status/answer.ts';
import { whoSends } from '../status/describe-status.ts';
import { concernsOf } from '../status/concerns.ts';
import { partNames } from '../status/progress-bar.ts';
import type { Sight } from './sight.ts';

/** Of a course everybody is at another issue of, only so many are told with their numbers. */
const MOST_ISSUES = 4;

/** What is new, a line each: a series whose numbers changed, what needs attention now and what no longer does, Redis gone and back. */
export function changesBetween(before: Sight | undefined, after: Sight): string[] {
  if (after.away !== undefined) return [lineAt(after.away.since, `No answer: ${after.away.why}`)];
  const { series, now, workers } = after.present;
  return [
    ...(before?.away === undefined ? [] : ['Redis answers again.']),
    ...(before !== undefined && before.present.workers.length === workers.length
      ? []
      : [`${whoSends(workers.length)}.`]),
    ...series.flatMap((status) => seriesLines(before, status)),
    ...concernChanges(before, after),
  ].map((text) => lineAt(now, text));
}

const lineAt = (at: Instant, text: string): string => `${new Date(at).toISOString().slice(0, 19)}Z ${text}`;

function seriesLines(before: Sight | undefined, status: SeriesStatus): string[] {
  const known = before?.present.series.find(({ plan }) => plan.series === status.plan.series);
  const numbers = new Map(known?.issues.map((issue) => [issue.issue, keyOf(issue)]));
  const changed = status.issues.filter((issue) => numbers.get(issue.issue) !== keyOf(issue));
  const isSame = known?.plan.state === status.plan.state && known.readers === status.readers;
  if (isSame && changed.length === 0) return [];
  const told = changed.slice(0, MOST_ISSUES).map((issue) => {
    const parts = partNames.filter((part) => issue[part] > 0).map((part) => `${amount(issue[part])} ${part}`);
    return `issue ${issue.number}: ${[amount(issue.audience), ...parts].join(', ')}`;
  });
  const more = changed.length > MOST_ISSUES ? [`${amount(changed.length - MOST_ISSUES)} more changed`] : [];
  const brackets = told.length === 0 ? '' : ` [${[...told, ...more].join('; ')}]`;
  return [`${plainText(status.plan.series)}: ${answerOf(status)}${brackets}`];
}

const keyOf = (issue: SeriesStatus['issues'][number]): string =>
  [issue.state, ...partNames.map((part) => issue[part])].join(' ');

function concernChanges(before: Sight | undefined, { present }: Sight): string[] {
  const old = new Set(before === undefined ? [] : concernsOf(before.present.series));
  const now = new Set(concernsOf(present.series));
  return [
    ...[...now].filter((text) => !old.has(text)).map((text) => `! ${text}`),
    ...[...old].filter((text) => !now.has(text)).map((text) => `over: ${text}`),
  ];
}
