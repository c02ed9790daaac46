import { formatEvery } from '../../domain/every.ts';
import type { MissedIssue, SeriesStory, Story } from '../../domain/story.ts';
import { count } from '../count.ts';
import { plainText } from '../plain-text.ts';
import type { Terminal } from '../terminal.ts';
import { describeEvent } from './describe-event.ts';
import { describeObstacle, describeSuppression } from './describe-obstacle.ts';
import { describeWait } from './describe-wait.ts';
import { whenIn, type When } from './when.ts';
import { nameIssue } from './name-issue.ts';

const NAME_COLUMNS = 80;

/** A story in lines, each of them safe to print. `typed` is the address that was asked for. */
export function describeStory(
  story: Story,
  typed: string,
  timezone: string,
  terminal: Pick<Terminal, 'style'>,
): string[] {
  const when = whenIn(timezone, story.now);
  return [
    terminal.style('bold', titleOf(story, typed)),
    ...personLines(story, when),
    ...sendingLines(story),
    ...story.series.flatMap((one) => ['', ...seriesLines(one, when, terminal)]),
  ];
}

function titleOf({ address, name }: Story, typed: string): string {
  return `${plainText(address ?? typed)}  ${plainText(name, NAME_COLUMNS)}`.trimEnd();
}

function personLines({ kind, suppression, series }: Story, when: When): string[] {
  return [
    ...(kind === 'unknown' && suppression === undefined ? ['Nobody is known by this address.'] : []),
    // Where they have a series, it is told there.
    ...(suppression === undefined || series.length > 0 ? [] : [describeSuppression(suppression, when)]),
  ];
}

/** Told here where it does not keep a mail back yet. */
function sendingLines({ sending, series }: Story): string[] {
  const isAhead = series.some(({ next, obstacles }) => next !== undefined && obstacles.length === 0);
  if (!isAhead) return [];
  const { isWorking, trouble } = sending;
  if (!isWorking) return ['Nobody sends mail just now: start `partwork up` or `partwork work`.'];
  return trouble === undefined ? [] : [`Mail does not go out just now: ${plainText(trouble)}.`];
}

function seriesLines(story: SeriesStory, when: When, terminal: Pick<Terminal, 'style'>): string[] {
  const { events, next, obstacles } = story;
  return [
    terminal.style('bold', `${plainText(story.title)} (${plainText(story.series)}): ${standingOf(story)}`),
    ...events.map((event) => `  ${when(event.at)}  ${describeEvent(event)}`),
    ...missedLines(story.missed),
    ...paceLines(story),
    ...(next === undefined ? [] : [`  Next: ${nameIssue(next.issue)}${timeOf(next.at, when)}.`]),
    ...(next?.waits ?? []).map((wait) => `    ${describeWait(wait, when)}`),
    ...obstacles.map((obstacle) => {
      const says = describeObstacle(obstacle, story, when);
      // Good news, and nobody's to mend.
      return obstacle.kind === 'caught-up' ? `  ${says}` : terminal.style('yellow', `  ! ${says}`);
    }),
  ];
}

function standingOf({ state, had, issues }: SeriesStory): string {
  if (state === 'asked') return 'asked for, not confirmed';
  return `${state === 'left' ? 'left' : 'reads it'}, had ${had} of ${count(issues, 'issue')}`;
}

const timeOf = (at: number | undefined, when: When): string => (at === undefined ? '' : `, ${when(at)}`);

function missedLines(missed: readonly MissedIssue[]): string[] {
  const named = (why: MissedIssue['why']) => missed.filter((one) => one.why === why).map(nameIssue);
  const [earlier, passed] = [named('before-first'), named('passed-by')];
  return [
    ...(earlier.length === 0 ? [] : [`  Lies before where they began: ${listed(earlier)}.`]),
    ...(passed.length === 0 ? [] : [`  Passed them by: ${listed(passed)}.`]),
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
