import type { WebWords } from '../../compose/web-words.ts';

interface Message {
  readonly kind: 'done' | 'problem';
  readonly phrase: keyof WebWords['reader'];
}

const done = (phrase: Message['phrase']): Message => ({ kind: 'done', phrase });
const refused = (phrase: Message['phrase']): Message => ({ kind: 'problem', phrase });

/** All that `?done=` may say of what a button did. */
const MESSAGES = {
  pause: done('donePause'),
  resume: done('doneResume'),
  pace: done('donePace'),
  next: done('doneComing'),
  again: done('doneAgain'),
  profile: done('doneProfile'),
  leave: done('doneLeave'),
  'leave-all': done('doneLeaveAll'),
  data: done('doneData'),
  'not-released': refused('notReleased'),
  'nothing-ahead': refused('nothingAhead'),
  'under-way': refused('alreadyUnderWay'),
  'not-running': refused('notRunning'),
  ended: refused('notSubscribed'),
  'too-often': refused('tooOften'),
  'no-such-issue': refused('noSuchIssue'),
  'not-offered': refused('errorPace'),
} as const satisfies Record<string, Message>;

export type Done = keyof typeof MESSAGES;

/** The message of that name; undefined for any other name. */
export const doneMessage = (name: string | undefined): Message | undefined =>
  name !== undefined && Object.hasOwn(MESSAGES, name) ? MESSAGES[name as Done] : undefined;
