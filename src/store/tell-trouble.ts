import type { Log } from '../domain/log.ts';

/** Tells the operator what is waited for, in so few lines that a long outage does not fill a disk. */
export interface TroubleTeller {
  /** Called again and again while the trouble lasts. */
  wait(trouble: string, error: Error | undefined): void;
  goOn(): void;
}

const AGAIN_MS = 60_000;
const APART_MS = 1_000;
/** What comes back sooner is the same trouble still, and told again only when it stays. */
const OVER_MS = 10_000;
const STAYS_MS = 5_000;

export function openTroubleTeller(log: Log, now: () => number = () => performance.now()): TroubleTeller {
  let told = { trouble: '', at: -Infinity };
  let [waitingSince, wentOnAt]: [number | undefined, number] = [undefined, -Infinity];
  let isTold = false;

  function isWorthALine(trouble: string, since: number): boolean {
    const sinceMs = now() - told.at;
    if (trouble !== told.trouble) return sinceMs >= APART_MS;
    if (isTold) return sinceMs >= AGAIN_MS;
    return since - wentOnAt > OVER_MS ? sinceMs >= APART_MS : now() - since >= STAYS_MS;
  }

  return {
    wait(trouble, error) {
      waitingSince ??= now();
      if (!isWorthALine(trouble, waitingSince)) return;
      told = { trouble, at: now() };
      isTold = true;
      log.warn({ ...(error !== undefined && { reason: firstLine(error) }) }, trouble);
    },
    goOn() {
      [waitingSince, wentOnAt] = [undefined, now()];
      if (isTold) log.info({}, 'Redis works; going on');
      isTold = false;
    },
  };
}

// BullMQ's errors carry whole scripts and their arguments.
const firstLine = ({ message }: Error): string => message.split('\n', 1)[0]?.slice(0, 200) ?? '';
