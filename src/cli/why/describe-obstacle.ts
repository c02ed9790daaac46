import type { Instant } from '../../domain/instant.ts';
import type { Departure, Obstacle, SeriesStory } from '../../domain/story.ts';
import { plainText } from '../plain-text.ts';
import type { When } from './when.ts';
import { nameIssue } from './name-issue.ts';

/** Why nothing goes to them, as a sentence, with the command that mends it where one does. */
export function describeObstacle(obstacle: Obstacle, { series }: SeriesStory, when: When): string {
  const name = plainText(series);
  switch (obstacle.kind) {
    case 'not-confirmed':
      return `Their sign-up of ${when(obstacle.since)} waits to be confirmed by the link in their letter; it is forgotten ${when(obstacle.until)}.`;
    case 'left':
      return `They do not read it any more: ${describeDeparture(obstacle.how)} ${when(obstacle.since)}.${wayBack(obstacle.how, name)}`;
    case 'suppressed':
      return describeSuppression(obstacle, when);
    case 'not-scheduled':
      return `The series is not scheduled yet: \`partwork schedule ${name}\`.`;
    case 'series-paused':
      return `The series is paused by hand: \`partwork resume ${name}\` lets it go on.`;
    case 'series-stopped':
      return `The series has paused itself: ${plainText(obstacle.words)}. When that is mended, \`partwork resume ${name}\` lets it go on.`;
    case 'series-cancelled':
      return `The series is cancelled: \`partwork schedule ${name}\` starts it again.`;
    case 'caught-up':
      return describeCaughtUp(obstacle.since, when);
    case 'held':
      return describeHeld(obstacle, name, when);
    case 'nobody-works':
      return 'It is due and nobody sends it: start `partwork up` or `partwork work`.';
    case 'mail-server-trouble':
      return `It is due, but mail does not go out: ${plainText(obstacle.words)}. It is tried again by itself.`;
    case 'no-place':
      return 'The ledger says that they read it, and has no place for them: please report this.';
  }
}

function describeCaughtUp(since: Instant | undefined, when: When): string {
  const had =
    since === undefined
      ? 'There is no issue ahead of them yet'
      : `They have caught up with everything there is, the last one ${when(since)}`;
  return `${had}: they get the next one that comes.`;
}

/** Who was taken out because of their address did not ask to leave, and may be put back. */
const wayBack = (how: Departure, series: string): string =>
  how === 'rejected' || how === 'suppressed'
    ? ` When the address is good again, \`partwork subscribers add <address> --series ${series} --confirmed\` puts them back.`
    : '';

export function describeDeparture(how: Departure): string {
  switch (how) {
    case 'unsubscribed':
      return 'they unsubscribed';
    case 'removed':
      return 'they were removed with `partwork subscribers remove`';
    case 'erased':
      return 'they were erased';
    case 'rejected':
      return 'their mail server said that there is no such address';
    case 'suppressed':
      return 'their address was found suppressed when it was their turn';
    case 'unsaid':
      return 'they left, and it is not on record why';
  }
}

export function describeSuppression(
  { why, at, words = '' }: Pick<Extract<Obstacle, { kind: 'suppressed' }>, 'why' | 'at' | 'words'>,
  when: When,
): string {
  return why === 'erased'
    ? `The address was erased ${when(at)} and is not mailed; they can only sign up anew.`
    : `The address is suppressed since ${when(at)}: "${plainText(words)}". \`partwork subscribers unsuppress <address>\` lifts it.`;
}

function describeHeld(
  { issue, since, words }: Extract<Obstacle, { kind: 'held' }>,
  series: string,
  when: When,
): string {
  const happened = words === undefined ? '' : ` ("${plainText(words)}")`;
  const at = since === undefined ? '' : ` ${when(since)}`;
  return `${nameIssue(issue)} may or may not have arrived${at}${happened}, and is held: \`partwork held ${series}\` decides.`;
}
