import type { Judgement } from '../domain/delivery.ts';
import type { SeriesId } from '../domain/series.ts';

/** So many readers refused in a row, and nobody accepted, say something about the sender and not about readers. */
const MOST_IN_A_ROW = 10;

interface Row {
  rejected: number;
  readonly limit: number;
  /** When the last alarm was given. */
  readonly alarmedAt?: number;
}

/**
 * Notices when a server refuses everybody, in words that sound as if each reader were at fault ("550 account suspended").
 * Resuming the series is saying that it is so all the same: the next alarm takes twice as many.
 */
export class RejectionWatch {
  readonly #rows = new Map<SeriesId, Row>();

  /**
   * The judgement, or a sender's fault in its place when it is one refusal too many. A mail that was under way by then waits: its refusal
   * says no more about its reader. `begunAt` is by `performance.now()`.
   */
  weigh(series: SeriesId, judgement: Judgement, begunAt = performance.now()): Judgement {
    if (judgement.kind === 'accepted') this.#rows.delete(series);
    if (judgement.kind !== 'rejected') return judgement;
    const { alarmedAt = -Infinity } = this.#rows.get(series) ?? {};
    if (begunAt <= alarmedAt) return { kind: 'deferred', reason: judgement.reason };
    return this.#count(series, judgement, `readers in a row were refused, the last with ${judgement.reason}`);
  }

  /** The same for a message that we could not make: its reader waits, unless it is so with everybody's. */
  weighUnmade(series: SeriesId, reason: string): Judgement {
    const waits: Judgement = { kind: 'deferred', reason: `the message cannot be made: ${reason}` };
    return this.#count(series, waits, `messages in a row could not be made, the last because of ${reason}`);
  }

  #count(series: SeriesId, judgement: Judgement, trouble: string): Judgement {
    const row: Row = this.#rows.get(series) ?? { rejected: 0, limit: MOST_IN_A_ROW };
    this.#rows.set(series, row);
    row.rejected++;
    if (row.rejected < row.limit) return judgement;
    const reason = `${row.rejected} ${trouble}`;
    this.#rows.set(series, { rejected: 0, limit: row.limit * 2, alarmedAt: performance.now() });
    return { kind: 'senderFault', scope: 'series', reason };
  }
}
