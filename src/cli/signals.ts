const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export type StopSignal = (typeof SIGNALS)[number];

/** 128 + the signal's number, as shells count. */
export const exitCodeOf = (signal: StopSignal): number => (signal === 'SIGINT' ? 130 : 143);

/** Resolves at the first SIGINT or SIGTERM; the second one calls `atOnce`. */
export function untilStopped(atOnce: (signal: StopSignal) => void): Promise<StopSignal> {
  return new Promise((resolve) => {
    let isStopping = false;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (isStopping) atOnce(signal);
        isStopping = true;
        resolve(signal);
      });
    }
  });
}
