import type { Log } from '../domain/log.ts';

/** Tells the operator what is waited for, in so few lines that a long outage does not fill a disk. */
export interface TroubleTeller {
  wait(trouble: string, error: Error | undefined): void;
  goOn(): void;
}

const AGAIN_MS = 60_000;
const APART_MS = 1_000;
/** What comes back sooner is the same trouble still. */
const OVER_MS = 10_000;

export function openTroubleTeller(log: Log, now: () => number = () => performance.now()): TroubleTeller {
  let told = { trouble: '', at: -Infinity };
  let wentOnAt: number | undefined = -Infinity;
  let isTold = false;

  return {
    wait(trouble, error) {
      if (wentOnAt !== undefined && now() - wentOnAt > OVER_MS) told = { trouble: '', at: told.at };
      wentOnAt = undefined;
      const sinceMs = now() - told.at;
      if (sinceMs < (trouble === told.trouble ? AGAIN_MS : APART_MS)) return;
      told = { trouble, at: now() };
      isTold = true;
      log.warn({ ...(error !== undefined && { reason: firstLine(error) }) }, trouble);
    },
    goOn() {
      wentOnAt = now();
      if (!isTold) return;
      isTold = false;
      log.info({}, 'Redis works; going on');
    },
  };
}

// BullMQ's errors carry whole scripts and their arguments.
const firstLine = ({ message }: Error): string => message.split('\n', 1)[0]?.slice(0, 200) ?? '';
