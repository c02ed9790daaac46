import { formatEvery } from '../../domain/every.ts';
import type { MissedIssue, SeriesStory, Story } from '../../domain/story.ts';
import { count } from '../count.ts';
import { plainText } from '../plain-text.ts';
import type { Terminal } from '../terminal.ts';
import { describeEvent } from './describe-event.ts';
import { describeObstacle, describeSuppression } from './describe-obstacle.ts';
import { describeWait } from './describe-wait.ts';
import { momentsIn, type Moments } from './moments.ts';
import { nameIssue } from './name-issue.ts';

const NAME_COLUMNS = 80;

/** A story in lines, each of them safe to print. `typed` is the address that was asked for. */
export function describeStory(
  story: Story,
  typed: string,
  timezone: string,
  style: Terminal['style'],
): string[] {
  const moments = momentsIn(timezone, story.now);
  return [
    style('bold', titleOf(story, typed)),
    ...personLines(story, moments),
    ...story.series.flatMap((one) => ['', ...seriesLines(one, moments, style)]),
  ];
}

function titleOf({ address, name }: Story, typed: string): string {
  return `${plainText(address ?? typed)}  ${plainText(name, NAME_COLUMNS)}`.trimEnd();
}

function personLines({ kind, suppression, sending, series }: Story, { when }: Moments): string[] {
  const isAhead = series.some(({ next }) => next !== undefined);
  const { isWorking, trouble } = sending;
  return [
    ...(kind === 'unknown' && suppression === undefined ? ['Nobody is known by this address.'] : []),
    ...(suppression === undefined ? [] : [describeSuppression(suppression, when)]),
    ...(isAhead && !isWorking ? ['Nobody sends mail just now: start `partwork up` or `partwork work`.'] : []),
    ...(isAhead && trouble !== undefined ? [`Mail does not go out just now: ${plainText(trouble)}.`] : []),
  ];
}

function seriesLines(story: SeriesStory, moments: Moments, style: Terminal['style']): string[] {
  const { events, next, obstacles } = story;
  return [
    style('bold', `${plainText(story.title)} (${plainText(story.series)}): ${standingOf(story)}`),
    ...events.map((event) => `  ${moments.when(event.at)}  ${describeEvent(event)}`),
    ...missedLines(story.missed),
    ...paceLines(story),
    ...(next === undefined ? [] : [`  Next: ${nameIssue(next.issue)}${timeOf(next.at, moments)}.`]),
    ...(next?.waits ?? []).map((wait) => `    ${describeWait(wait, moments)}`),
    ...obstacles.map((obstacle) => style('yellow', `  ! ${describeObstacle(obstacle, story, moments)}`)),
  ];
}

function standingOf({ state, had, issues }: SeriesStory): string {
  if (state === 'asked') return 'asked for, not confirmed';
  return `${state === 'left' ? 'left' : 'reads it'}, had ${had} of ${count(issues, 'issue')}`;
}

const timeOf = (at: number | undefined, { when }: Moments): string =>
  at === undefined ? '' : `, ${when(at)}`;

function missedLines(missed: readonly MissedIssue[]): string[] {
  const named = (why: MissedIssue['why']) => missed.filter((one) => one.why === why).map(nameIssue);
  const [earlier, passed] = [named('joined-later'), named('passed-by')];
  return [
    ...(earlier.length === 0 ? [] : [`  Came out before they began: ${listed(earlier)}.`]),
    ...(passed.length === 0 ? [] : [`  Came in behind them, or passed them by: ${listed(passed)}.`]),
  ];
}

const MOST_LISTED = 5;

const listed = (names: readonly string[]): string =>
  names.length <= MOST_LISTED
    ? names.join(', ')
    : `${names.slice(0, MOST_LISTED).join(', ')} and ${names.length - MOST_LISTED} more`;

function paceLines({ pace, round }: SeriesStory): string[] {
  return [
    ...(pace === undefined
      ? []
      : [
          `  Own pace: ${formatEvery(pace.every)}${pace.isOffered ? '' : ', which is not offered any more, so that of the series holds'}.`,
        ]),
    ...(round === 0 ? [] : [`  Began again ${count(round, 'time')}.`]),
  ];
}
