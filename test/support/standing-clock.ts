import type { LedgerClock } from '../../src/store/ledger-clock.ts';

/** The ledger's time as hands that stay where they are put, but for the milliseconds a command takes. */
export function standingClock(at: number): LedgerClock & { at: number } {
  return {
    at,
    get offsetMs() {
      return this.at - Date.now();
    },
  };
}
