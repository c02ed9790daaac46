import type { StoryEvent } from '../../domain/story.ts';
import { describeDoubts } from './describe-doubts.ts';
import { plainText } from '../plain-text.ts';
import { describeDeparture } from './describe-obstacle.ts';
import { nameIssue } from './name-issue.ts';

/** What happened, without the time: `#2 "Frost" accepted: "250 2.0.0 Ok"`. */
export function describeEvent(event: StoryEvent): string {
  switch (event.kind) {
    case 'asked':
      return `signed up (${plainText(event.source)}), not confirmed`;
    case 'agreed':
      return `agreed to get it (${plainText(event.source)})`;
    case 'left':
      return describeDeparture(event.how);
    case 'accepted':
      return `${nameIssue(event.issue)} accepted${quoted(event.words)}${describeDoubts(event.doubts)}${roundOf(event)}`;
    case 'rejected': {
      const how = event.isGivenUp ? 'given up after three days of being put off' : 'refused';
      return `${nameIssue(event.issue)} ${how}${quoted(event.words)}${describeDoubts(event.doubts)}${roundOf(event)}`;
    }
    case 'skipped':
      return `${nameIssue(event.issue)} not sent: the address was suppressed${roundOf(event)}`;
    case 'held':
      return `${nameIssue(event.issue)} held: nobody can know whether it arrived${roundOf(event)}`;
  }
}

const quoted = (words: string | undefined): string =>
  words === undefined || words === '' ? '' : `: "${plainText(words)}"`;

const roundOf = ({ isEarlierReading }: { readonly isEarlierReading: boolean }): string =>
  isEarlierReading ? ' (before they began again)' : '';
