import type { Redis } from 'ioredis';
import { formatEvery } from '../domain/every.ts';
import type { Every } from '../domain/cadence.ts';
import type { IssueId } from '../domain/issue.ts';
import { liveIssues, type Place, type SeriesPlan } from '../domain/plan.ts';
import { STALE_PLAN, type StalePlan } from '../domain/stale-plan.ts';
import { partitionOf, type SubscriberId } from '../domain/subscriber.ts';
import { partitionKeys } from './keys.ts';
import type { LedgerClock } from './ledger-clock.ts';
import type { GapEnd } from './reading.ts';
import { Script } from './script.ts';
import { unlessStale } from './stale-reply.ts';

/** One reader who is to be sent an issue again, as they were seen. */
export interface ResendOrder {
  readonly subscriber: SubscriberId;
  readonly place: Place;
  /** What the ledger has of the issue; '' = nothing. */
  readonly became: 'rejected' | 'skipped' | 'passed' | '';
  /** Absent when the reader never had an issue. */
  readonly gap?: GapEnd;
  /** The reader's own gap, which `gap` is computed with; absent = the series'. */
  readonly pace?: Every;
}

/**
 * `coming` = will be sent it again; `coming-already` = is ahead of them anyway; `had`; `ended` = no reader any more; `suppressed`;
 * `in-doubt` = held, or may have had it; `under-way` = another issue is being sent to them, or may have been; `changed` = not as they were
 * seen, and nothing was done.
 */
export type ResendAnswer =
  'coming' | 'coming-already' | 'had' | 'ended' | 'suppressed' | 'in-doubt' | 'under-way' | 'changed';

/** Readers who are sent an issue again that they have missed. */
export interface ResendStore {
  /**
   * Readers of ONE partition go back to stand before the issue, not before their gap is over, and afterwards go on where they were. Idempotent.
   * The issue is in the series and has been released.
   */
  resend(
    plan: SeriesPlan,
    issue: IssueId,
    orders: readonly ResendOrder[],
  ): Promise<ResendAnswer[] | StalePlan>;
}

const resendScript = new Script('resend', ['detours', 'history', 'reader-fields']);

export function openResendStore(redis: Redis, clock: LedgerClock): ResendStore {
  return {
    async resend(plan, issue, orders) {
      const [first] = orders;
      if (first === undefined) return [];
      const keys = partitionKeys(partitionOf(first.subscriber), plan.series);
      const reply = unlessStale(
        await resendScript.run(
          redis,
          [keys.plan, keys.claims, keys.counts, keys.suppressed, keys.held, keys.detours, keys.codes],
          [
            clock.offsetMs,
            plan.revision,
            plan.series,
            issue,
            keys.waiting,
            keys.subscriber,
            keys.apart,
            JSON.stringify(liveIssues(plan).map(({ id }) => id)),
            ...orders.flatMap(({ subscriber, place, became, gap, pace }) => [
              subscriber,
              place,
              became,
              gap?.lastHad ?? '',
              gap?.dueAt ?? '',
              pace === undefined ? '' : formatEvery(pace),
            ]),
          ],
        ),
      );
      return reply === STALE_PLAN ? STALE_PLAN : (reply as ResendAnswer[]);
    },
  };
}
