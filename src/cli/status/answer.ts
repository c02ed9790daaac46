import { MINUTE_MS, SECOND_MS, type Instant } from '../../domain/instant.ts';
import { isTrouble } from '../../domain/attention.ts';
import type { IssueStatus, SeriesStatus } from '../../domain/series-status.ts';
import { amount, amountOf } from '../amount.ts';
import { formatDistance } from '../format-time.ts';
import { tellTime } from '../tell-time.ts';

/** A mail that a worker has in hand is due again this soon, should the worker die. */
const IN_HAND_MS = 15 * SECOND_MS;

/** One sentence for who asks "did it go out?". */
export function answerOf(status: SeriesStatus): string {
  const { plan, readers, now } = status;
  const live = status.issues.filter(({ state }) => state !== 'retired');
  const last = live.findLast(({ accepted }) => accepted > 0);
  const hadBy = last === undefined ? 'Nothing has gone out yet' : reachOf(last);
  if (plan.state === 'cancelled') return `${hadBy}; the series is cancelled.`;
  if (plan.state === 'paused')
    return `${hadBy}; the series is paused, and nothing goes out until it is resumed.`;
  if (live.length === 0) return 'There is no issue to send.';
  if (readers === 0 && last === undefined) return 'Nobody subscribes yet.';
  if (plan.startAt > now) return `${hadBy}; it begins ${tellTime(plan.startAt, now, plan.cadence.timezone)}.`;
  const underWay = live.filter((issue) => isUnderWay(issue, now));
  return underWay.length > 0
    ? underWayLine(status, underWay)
    : `${restLine(status, last)}; ${nextOf(status, live)}.`;
}

/** `All 50 have issue 3`, `47 of 50 have issue 3; 2 were refused, 1 has left`. */
export function reachOf(issue: IssueStatus): string {
  const { number, audience, accepted, waiting, deferred, rejected, suppressed, skipped, uncertain, left } =
    issue;
  if (accepted === audience)
    return audience === 1
      ? `The one reader has issue ${number}`
      : `All ${amount(audience)} have issue ${number}`;
  const others = [
    waiting > 0 && `${amount(waiting)} will get it`,
    deferred > 0 &&
      `${amount(deferred)} ${was(deferred)} put off by the server and ${is(deferred)} tried again`,
    uncertain > 0 && `of ${amount(uncertain)} nobody can know`,
    rejected > 0 && `${amount(rejected)} ${was(rejected)} refused`,
    suppressed > 0 && `${amount(suppressed)} must not be mailed`,
    left > 0 && `${amount(left)} ${left === 1 ? 'has' : 'have'} left`,
    skipped > left && `${amount(skipped - left)} went on without it`,
  ].filter((part) => part !== false);
  return `${amount(accepted)} of ${amount(audience)} ${accepted === 1 ? 'has' : 'have'} issue ${number} (${others.join(', ')})`;
}

const was = (n: number): string => (n === 1 ? 'was' : 'were');
const is = (n: number): string => (n === 1 ? 'is' : 'are');

const isUnderWay = ({ due, nextDueAt, accepted, state }: IssueStatus, now: Instant): boolean =>
  due > 0 || (state === 'waiting' && accepted > 0 && nextDueAt !== undefined && nextDueAt < now + IN_HAND_MS);

function underWayLine(status: SeriesStatus, underWay: readonly IssueStatus[]): string {
  const due = underWay.reduce((n, issue) => n + issue.due, 0);
  const [first] = underWay;
  const stops = status.attention.some(isTrouble);
  if (underWay.length > 1 || first === undefined) {
    const what = `${amountOf(due, 'mail')} of ${underWay.length} issues`;
    return stops ? `${what} should go out, and do not.` : `${what} ${is(due)} going out${paceOf(status)}.`;
  }
  const { number, accepted, audience, waiting, deferred, toCome } = first;
  const have = `${amount(accepted)} of ${amount(audience)} ${accepted === 1 ? 'has' : 'have'} it`;
  if (stops) return `Issue ${number} should go out, and does not: ${have}.`;
  const rest = toCome === 0 ? `${amount(waiting + deferred)} to go` : `${amount(due)} due now`;
  return `Issue ${number} is going out: ${have}, ${rest}${paceOf(status)}.`;
}

/** In the first minute nobody knows how fast it goes. */
function paceOf({ acceptedLastMinute, finishesAt, dueSince = Infinity, now }: SeriesStatus): string {
  if (acceptedLastMinute === 0 || now - dueSince < MINUTE_MS) return '';
  const done = finishesAt === undefined ? '' : `, done ${formatDistance(finishesAt, now)}`;
  return ` at ${amount(acceptedLastMinute)} a minute${done}`;
}

/** Nothing is due: either everybody has the last issue that went out, or readers are at different places. */
function restLine({ readers, caughtUp }: SeriesStatus, last: IssueStatus | undefined): string {
  if (last === undefined) return 'Nothing has gone out yet';
  if (last.waiting === 0) return reachOf(last);
  return `All that was due has gone out; of ${amountOf(readers, 'reader')} ${amount(caughtUp)} ${caughtUp === 1 ? 'has' : 'have'} caught up`;
}

function nextOf(
  { plan, now, nextDueAt, readers, caughtUp }: SeriesStatus,
  live: readonly IssueStatus[],
): string {
  if (nextDueAt === undefined)
    return caughtUp === readers ? 'there is no further issue yet' : 'nobody waits for an issue';
  const next = live.filter((issue) => issue.nextDueAt === nextDueAt);
  const when = tellTime(nextDueAt, now, plan.cadence.timezone);
  const [only] = next;
  if (only === undefined || next.length > 1) return `the next mails go out ${when}`;
  return `issue ${only.number} ${only.accepted > 0 ? 'goes on' : 'goes out'} ${when}`;
}
