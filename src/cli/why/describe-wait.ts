import { formatEvery } from '../../domain/every.ts';
import type { Wait } from '../../domain/story.ts';
import { formatTimeOfDay, formatWindow } from '../../domain/time-of-day.ts';
import { plainText } from '../plain-text.ts';
import type { When } from './when.ts';
import { nameIssue } from './name-issue.ts';

/** One thing an issue waits for, as a sentence. */
export function describeWait(wait: Wait, when: When): string {
  switch (wait.kind) {
    case 'gap':
      return describeGap(wait, when);
    case 'earlier-gap':
      return `It waits until ${when(wait.until)}: the gap as it was when that was reckoned; it has been changed since, or they came back.`;
    case 'break':
      return `They are on a break until ${when(wait.until)}, by their own wish.`;
    case 'release':
      return `It is released ${when(wait.until)}.`;
    case 'start':
      return `The series starts ${when(wait.until)}.`;
    case 'window':
      return `Mail goes out ${formatWindow(wait.window)} (${wait.timezone}) only; that opens ${when(wait.until)}.`;
    case 'retry':
      return `It was put off${quoted(wait.words)}. Try ${wait.attempt} is ${when(wait.until)}; the first was ${when(wait.firstTriedAt)}.`;
    case 'repeat':
      return `Nobody can know whether the server took it${quoted(wait.words)}. One more copy, the same to the byte, goes ${when(wait.until)}.`;
    case 'put-aside':
      return `It could not be handed over just then${quoted(wait.words)}. It is tried again ${when(wait.until)}, and costs them no try.`;
    case 'lease':
      return wait.stage === 'submitting'
        ? `It is being handed to the mail server just now (try ${wait.attempt}).`
        : `A worker has it in hand just now (try ${wait.attempt}).`;
    case 'turn':
      return `It is due since ${when(wait.since)}: it goes out at a worker's next turn.`;
  }
}

function describeGap(wait: Extract<Wait, { kind: 'gap' }>, when: When): string {
  const { every, hour, timezone, isOwn, until, after, since } = wait;
  const atHour = hour === undefined ? '' : ` at ${formatTimeOfDay(hour)}`;
  const zone = hour === undefined && every.kind === 'elapsed' ? '' : `, ${timezone}`;
  const whose = isOwn ? 'their own pace' : 'the gap of the series';
  return `By ${whose} (${formatEvery(every)}${atHour}${zone}) after ${nameIssue(after)}, settled ${when(since)}, it waits until ${when(until)}.`;
}

const quoted = (words: string | undefined): string => (words === undefined ? '' : `: "${plainText(words)}"`);
