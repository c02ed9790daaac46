import { changeProfile } from '../../actions/reading/change-profile.ts';
import { leaveAll } from '../../actions/reading/leave-all.ts';
import { pauseReading } from '../../actions/reading/pause-reading.ts';
import { readAgain } from '../../actions/reading/read-again.ts';
import { requestData } from '../../actions/reading/request-data.ts';
import { resumeReading } from '../../actions/reading/resume-reading.ts';
import { sendNext } from '../../actions/reading/send-next.ts';
import { setPace } from '../../actions/reading/set-pace.ts';
import { unsubscribe } from '../../actions/reading/unsubscribe.ts';
import { parseEvery } from '../../domain/every.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Reading } from '../../domain/reading.ts';
import type { TokenOwner } from '../../domain/token.ts';
import type { WebTools } from '../web-tools.ts';
import { chosenBreakEnd } from './break-end.ts';
import type { Done } from './done-message.ts';
import type { PostedFields } from './posted-fields.ts';

/** A field that cannot be used, and what was typed there. */
export interface WrongField {
  readonly wrong: 'day' | 'pace' | 'issue' | 'name' | 'language';
  readonly typed: string;
}

interface Asked {
  readonly owner: TokenOwner;
  readonly reading: Reading;
  readonly now: Instant;
  readonly fields: PostedFields;
}

/** What a button on a reader's own page does; the answer says which message to show, or which field is wrong. */
type OwnAction = (tools: WebTools, asked: Asked) => Promise<{ readonly done: Done } | WrongField>;

const ACTIONS = {
  async pause(tools, { owner, reading: { timezone }, now, fields: { text } }) {
    const until = chosenBreakEnd(text('for'), text('until'), now, timezone);
    const answer = until === undefined ? 'out-of-range' : await pauseReading(tools, owner, until);
    if (answer === 'out-of-range') return { wrong: 'day', typed: text('until') };
    return { done: answer === 'paused' ? 'pause' : answer };
  },
  async resume(tools, { owner }) {
    const answer = await resumeReading(tools, owner);
    return { done: answer === 'resumed' ? 'resume' : answer };
  },
  async pace(tools, { owner, fields: { text } }) {
    const typed = text('pace');
    const pace = parseEvery(typed);
    if (typed !== '' && pace === undefined) return { wrong: 'pace', typed };
    const answer = await setPace(tools, owner, pace);
    if (answer === 'not-offered') return { wrong: 'pace', typed };
    return { done: answer === 'set' ? 'pace' : answer };
  },
  async next(tools, { owner }) {
    const answer = await sendNext(tools, owner);
    return { done: answer === 'coming' ? 'next' : answer };
  },
  async again(tools, { owner, reading, fields: { text } }) {
    const issue = reading.issues.find(({ id }) => id === text('issue'));
    if (issue === undefined) return { wrong: 'issue', typed: text('issue') };
    const answer = await readAgain(tools, owner, issue.id);
    return { done: answer === 'moved' ? 'again' : answer };
  },
  async profile(tools, { owner: { subscriber }, fields: { text } }) {
    const changes = { name: text('name'), language: text('language') };
    const answer = await changeProfile(tools, subscriber, changes);
    if (answer === 'unknown') return { done: 'ended' };
    return answer === 'changed' ? { done: 'profile' } : { wrong: answer.invalid, typed: text('name') };
  },
  async leave(tools, { owner }) {
    await unsubscribe(tools, owner);
    return { done: 'leave' };
  },
  async 'leave-all'(tools, { owner: { subscriber } }) {
    await leaveAll(tools, subscriber);
    return { done: 'leave-all' };
  },
  async data(tools, { owner }) {
    const answer = await requestData(tools, owner);
    if (answer === 'unknown') return { done: 'ended' };
    return { done: answer === 'ordered' ? 'data' : answer };
  },
} as const satisfies Record<string, OwnAction>;

/** The action of that name; undefined for any other name. */
export const ownAction = (name: string): OwnAction | undefined =>
  Object.hasOwn(ACTIONS, name) ? ACTIONS[name as keyof typeof ACTIONS] : undefined;
