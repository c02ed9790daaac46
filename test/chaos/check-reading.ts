import type { Violation } from './checker.ts';
import type { LedgerReader } from './evidence.ts';
import type { Joined, Scheduled } from './operations.ts';
import type { SmtpRecord } from './smtp-record.ts';
import { planAt, type Case, type Life, type Stretch } from './timeline.ts';

/** A batch is claimed and sent within so long of a change it does not know of. */
const KNOWS_WITHIN_MS = 15_000;
/** What was claimed when a plan changed is submitted within so long, or not at all. */
const UNDER_WAY_MS = 2_000;

/** What a reader gets rises in the order of the plan in force when the mail began. */
export function* disorder({ lives, plans }: Case): Generator<Violation> {
  for (const { reader, taken } of lives)
    for (const [index, { issue, copies }] of taken.entries()) {
      const order = planAt(plans, copies[0].mailAt)?.order ?? [];
      const at = order.indexOf(issue);
      const behind = taken.slice(0, index).find((earlier) => order.indexOf(earlier.issue) > at);
      if (behind !== undefined)
        yield { invariant: 'order', what: `${reader} got "${issue}" after "${behind.issue}"` };
    }
}

interface InForce extends Stretch {
  readonly version: number;
}

/** Each version of each issue, from when it was asked for until its end was answered. */
function versionsOf(plans: readonly Scheduled[]): Map<string, InForce[]> {
  const versions = new Map<string, InForce[]>();
  for (const [index, { live, began }] of plans.entries())
    for (const [issue, version] of Object.entries(live)) {
      if (plans[index - 1]?.live[issue] === version) continue;
      const end = plans.slice(index + 1).find((later) => later.live[issue] !== version);
      const stretch = { version, from: began, until: end?.acked ?? Infinity };
      versions.set(issue, [...(versions.get(issue) ?? []), stretch]);
    }
  return versions;
}

/** A first copy is of a version in force when it went out, or when it was first tried: what has been tried is frozen. */
export function* oldVersions({ lives, plans, ledger }: Case): Generator<Violation> {
  const versions = versionsOf(plans);
  for (const { reader, taken, attempts } of lives)
    for (const { issue, copies } of taken) {
      const [first] = copies;
      const version = versionIn(first.subject);
      const isDoubted = (ledger.get(reader)?.uncertain[issue] ?? 0) > 0;
      const triedAt = isDoubted ? -Infinity : firstTriedAt(first, attempts);
      const isRight = (versions.get(issue) ?? []).some(
        (one) => one.version === version && one.from <= first.mailAt && triedAt < one.until + KNOWS_WITHIN_MS,
      );
      if (!isRight)
        yield {
          invariant: 'content',
          what: `${reader} got "${issue}" as "${first.subject}", which was not in force`,
        };
    }
}

/** The first of the attempts in a row that ended in this copy. */
function firstTriedAt(copy: SmtpRecord, attempts: readonly SmtpRecord[]): number {
  const before = attempts.filter(({ mailAt }) => mailAt < copy.mailAt);
  const lastTaken = before.findLastIndex(({ fate }) => fate === 'taken');
  return before[lastTaken + 1]?.mailAt ?? copy.mailAt;
}

function versionIn(subject = ''): number | undefined {
  const version = / v(\d+)$/.exec(subject)?.[1];
  return version === undefined ? undefined : Number(version);
}

/** Who is in at the end has every issue of the plan, but for those that came to be behind them. */
export function* losses(found: Case): Generator<Violation> {
  const { lives, plans, ledger } = found;
  const last = plans.at(-1);
  for (const life of lives) {
    const entry = ledger.get(life.reader);
    if (last === undefined || entry?.membership.startsWith('active') !== true) continue;
    const had = new Set(life.taken.map(({ issue }) => issue));
    for (const issue of Object.keys(last.live))
      if (!had.has(issue) && !isExcused(found, life, entry, issue))
        yield { invariant: 'loss', what: `${life.reader} never got "${issue}"` };
  }
}

function isExcused({ plans }: Case, life: Life, entry: LedgerReader, issue: string): boolean {
  const isRefused =
    life.attempts.some(({ fate }) => fate === 'refused') && entry.history[issue]?.startsWith('rejected');
  return isRefused === true || startsBehind(plans, life, issue) || isPassed(plans, life, entry, issue);
}

/** They were put, by name, before an issue further on. */
function startsBehind(plans: readonly Scheduled[], { joins, bornAt }: Life, issue: string): boolean {
  const order = plans.at(-1)?.order ?? [];
  const isBehind = ({ position, began }: Joined) =>
    position !== undefined && began >= bornAt && order.indexOf(issue) < order.indexOf(position);
  return joins.some(isBehind);
}

/** It was put in, put back or moved when they were past that place already, or on their way there. */
function isPassed(
  plans: readonly Scheduled[],
  life: Life,
  { uncertain }: LedgerReader,
  issue: string,
): boolean {
  return plans.some((plan, index) => {
    const before = plans[index - 1];
    if (before === undefined || !mayPass(before, plan, life, issue)) return false;
    const isBehind = (other: string) => plan.order.indexOf(other) > plan.order.indexOf(issue);
    const until = plan.acked + UNDER_WAY_MS;
    return (
      life.taken.some(
        ({ issue: other, copies }) =>
          isBehind(other) && (copies[0].mailAt <= until || (uncertain[other] ?? 0) > 0),
      ) || life.attempts.some((attempt) => isOpenAt(attempt, plan.began - UNDER_WAY_MS, until))
    );
  });
}

/** Whether a change may bring this reader past this issue: a new one anybody, a moved one who was not there. */
function mayPass(before: Scheduled, plan: Scheduled, { absences }: Life, issue: string): boolean {
  if (plan.live[issue] === undefined) return false;
  if (before.live[issue] === undefined) return true;
  const isMoved = before.order.join() !== plan.order.filter((one) => before.order.includes(one)).join();
  return isMoved && absences.some(({ from, until }) => from <= plan.acked && until >= plan.began);
}

/** A try without a copy, about that time or refused for good before: of which issue, the server cannot tell. */
const isOpenAt = ({ fate, mailAt }: SmtpRecord, from: number, until: number): boolean =>
  fate !== 'taken' && mailAt <= until && (fate === 'refused' || mailAt >= from);
