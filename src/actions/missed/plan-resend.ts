import type { IssueId } from '../../domain/issue.ts';
import { isAhead, type Missed, type ResendObstacle } from '../../domain/missed.ts';
import type { SeriesId } from '../../domain/series.ts';
import type { Store } from '../../store/open-store.ts';
import { listMissed } from './list-missed.ts';
import { isToResend, type ResendWish } from './resend-missed.ts';

/** What sending an issue again would do: for whom, and for whom not. */
export interface ResendPlan {
  readonly toResend: number;
  /** Of those who are meant: how many cannot have it now, and why. */
  readonly obstacles: ReadonlyMap<ResendObstacle, number>;
  /** Those who have missed it for reasons that were not asked for. */
  readonly notAsked: ReadonlyMap<Missed['why'], number>;
  /** Those to whom it comes anyway. */
  readonly ahead: number;
}

/** Looks at everybody and changes nothing. */
export async function planResend(
  { store }: { store: Store },
  series: SeriesId,
  issue: IssueId,
  wish: ResendWish,
  tell?: (looked: number) => void,
): Promise<ResendPlan> {
  const [obstacles, notAsked] = [new Map<ResendObstacle, number>(), new Map<Missed['why'], number>()];
  let [toResend, ahead] = [0, 0];
  for await (const page of listMissed({ store }, series, issue, tell)) {
    for (const missed of page) {
      const { obstacle, ...able } = missed;
      if (isAhead(missed)) ahead++;
      else if (!isToResend(able, wish)) add(notAsked, missed.why);
      else if (obstacle === undefined) toResend++;
      else add(obstacles, obstacle);
    }
  }
  return { toResend, obstacles, notAsked, ahead };
}

function add<T>(counts: Map<T, number>, what: T): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
