import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 500;

/** Looks again and again until `end`, which returns the most that was seen. */
export function watchPeak(look: () => Promise<number>): { end(): Promise<number> } {
  const ending = new AbortController();
  const watched = watch(look, ending.signal);
  // It is told to whoever ends it.
  watched.catch(() => undefined);
  return {
    end() {
      ending.abort();
      return watched;
    },
  };
}

async function watch(look: () => Promise<number>, ending: AbortSignal): Promise<number> {
  let peak = 0;
  while (!ending.aborted) {
    peak = Math.max(peak, await look());
    await sleep(LOOK_MS, undefined, { signal: ending }).catch(() => undefined);
  }
  return peak;
}
