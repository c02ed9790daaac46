import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../../domain/log.ts';
import type { Overview } from '../../../domain/overview.ts';
import { reasonOf } from '../../../domain/reason-of.ts';

/** What a look came back with. `away` = the ledger does not answer. */
export type Look = { readonly kind: 'taken'; readonly overview: Overview } | { readonly kind: 'away' };

/** Takes the overview again and again while somebody watches, once for all of them. */
export interface Refresher {
  /** Calls the listener with each look from now on; what comes back ends that. */
  watch(listener: (look: Look) => void): () => void;
}

interface RefresherTools {
  readonly take: () => Promise<Overview>;
  readonly everyMs: number;
  /** Whether an error came of a ledger that is away. */
  readonly isLedgerTrouble: (error: unknown) => boolean;
  readonly log: Log;
}

/** One look at a time, the next one `everyMs` after the last began or as soon as it has ended; none while nobody watches. */
export function openRefresher({ take, everyMs, isLedgerTrouble, log }: RefresherTools): Refresher {
  const listeners = new Set<(look: Look) => void>();
  let isLooking = false;

  const look = async (): Promise<Look> => {
    try {
      return { kind: 'taken', overview: await take() };
    } catch (error) {
      if (!isLedgerTrouble(error)) log.error({ reason: reasonOf(error) }, 'the overview could not be taken');
      return { kind: 'away' };
    }
  };
  const lookOnAndOn = async (): Promise<void> => {
    isLooking = true;
    while (listeners.size > 0) {
      const next = sleep(everyMs);
      const seen = await look();
      for (const listener of listeners) listener(seen);
      await next;
    }
    isLooking = false;
  };
  return {
    watch(listener) {
      // The same function may be given twice.
      const own = (seen: Look) => listener(seen);
      listeners.add(own);
      if (!isLooking) void lookOnAndOn();
      return () => void listeners.delete(own);
    },
  };
}
