import { dueAfter } from '../../domain/cadence.ts';
import { SECOND_MS, type Instant } from '../../domain/instant.ts';
import type { OpenDelivery } from '../../domain/open-delivery.ts';
import { cadenceOf, isOffered } from '../../domain/pace.ts';
import type { PlannedIssue, SeriesPlan } from '../../domain/plan.ts';
import { intoWindow } from '../../domain/send-window.ts';
import type { IssueRef, Wait } from '../../domain/story.ts';
import type { Subscription } from '../../domain/subscription.ts';

/** One reader before one issue. */
export interface Waiting {
  readonly plan: SeriesPlan;
  readonly issue: PlannedIssue;
  readonly subscription: Subscription;
  /** Earliest time by the ledger, release times aside. */
  readonly dueAt: Instant;
  /** Of this very issue. */
  readonly delivery?: OpenDelivery;
  /** The issue that was settled last for them, and when. */
  readonly last?: { readonly issue: IssueRef; readonly at: Instant };
  readonly now: Instant;
}

type TimedWait = Exclude<Wait, { kind: 'turn' | 'lease' }>;

// A gap is reckoned by the worker just before the ledger notes the time that it counts from.
const CLOSE_MS = 5 * SECOND_MS;

/** What an issue waits for, the latest end last, and when it goes out if nothing else is in the way. Never empty. */
export function waitsOf(waiting: Waiting): { at: Instant; waits: readonly Wait[] } {
  const { delivery, dueAt, now } = waiting;
  if (delivery?.isLeased === true) return { at: now, waits: [leaseOf(delivery, dueAt)] };
  const own = ownWaits(waiting).filter(({ until }) => until > now);
  const inWindow = windowed(waiting, latest(now, own));
  // What the ledger says holds, also where nothing that is known today explains it.
  const isExplained = dueAt <= inWindow + CLOSE_MS;
  const known: TimedWait[] = isExplained
    ? own
    : [...own.filter(({ kind }) => kind !== 'gap'), { kind: 'earlier-gap', until: dueAt }];
  const at = windowed(waiting, Math.max(dueAt, latest(now, known)));
  const waits = [...known, ...windowWait(waiting, latest(now, known), at)];
  if (waits.length === 0) return { at: now, waits: [{ kind: 'turn', since: turnSince(waiting) }] };
  return { at, waits: waits.toSorted((a, b) => a.until - b.until) };
}

function leaseOf({ stage, attempt }: OpenDelivery, until: Instant): Wait {
  return { kind: 'lease', until, stage: stage === 'submitting' ? 'submitting' : 'claimed', attempt };
}

const latest = (now: Instant, waits: readonly TimedWait[]): Instant =>
  Math.max(now, ...waits.map(({ until }) => until));

const windowed = ({ plan }: Waiting, at: Instant): Instant => intoWindow(at, plan.cadence);

function ownWaits(waiting: Waiting): TimedWait[] {
  const { plan, issue, subscription } = waiting;
  return [
    ...gapWait(waiting),
    ...retryWait(waiting),
    { kind: 'break', until: subscription.pausedUntil ?? 0 },
    { kind: 'release', until: issue.releaseAt ?? 0 },
    { kind: 'start', until: plan.startAt },
  ];
}

/** Not where the ledger has the reader wait for less: who asks for the next issue now need not wait for the gap. */
function gapWait({ plan, subscription, dueAt, last }: Waiting): TimedWait[] {
  if (last === undefined) return [];
  const cadence = cadenceOf(plan, subscription.pace);
  const { window: _, ...atAnyHour } = cadence;
  if (dueAfter(last.at, cadence) > dueAt + CLOSE_MS) return [];
  const { every, at: hour, timezone } = cadence;
  return [
    {
      kind: 'gap',
      until: dueAfter(last.at, atAnyHour),
      every,
      ...(hour !== undefined && every.kind !== 'elapsed' && { hour }),
      timezone,
      isOwn: subscription.pace !== undefined && isOffered(plan, subscription.pace),
      after: last.issue,
      since: last.at,
    },
  ];
}

function retryWait({ delivery, dueAt, now }: Waiting): TimedWait[] {
  if (delivery?.retryAt === undefined || delivery.retryAt > dueAt + CLOSE_MS) return [];
  const { retryAt: until, attempt, firstTriedAt, reply, stage } = delivery;
  if (until <= now) return [];
  const words = reply === undefined ? {} : { words: reply };
  if (stage === 'uncertain') return [{ kind: 'repeat', until, attempt, ...words }];
  return attempt > 1
    ? [{ kind: 'retry', until, attempt, firstTriedAt, ...words }]
    : [{ kind: 'put-aside', until, ...words }];
}

function windowWait({ plan, now }: Waiting, before: Instant, at: Instant): TimedWait[] {
  const { window, timezone } = plan.cadence;
  if (window === undefined || at <= now || at <= before + CLOSE_MS) return [];
  return [{ kind: 'window', until: at, window, timezone }];
}

const turnSince = ({ plan, issue, subscription, dueAt }: Waiting): Instant =>
  Math.max(dueAt, subscription.pausedUntil ?? 0, issue.releaseAt ?? 0, plan.startAt);
