/** Whether it came to an end in time, well or not. */
export async function settledWithin(
  ms: number,
  work: Promise<unknown>,
  until: AbortSignal,
): Promise<boolean> {
  const late = new AbortController();
  const both = AbortSignal.any([late.signal, until]);
  const done = work.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([done, waited(ms, both).then(() => false)]);
  late.abort();
  return inTime;
}

/** Resolves after `ms`, or at once when it is time to end. */
export function waited(ms: number, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (until.aborted) return resolve();
    const timer = setTimeout(end, ms);
    until.addEventListener('abort', end, { once: true });
    function end(): void {
      clearTimeout(timer);
      until.removeEventListener('abort', end);
      resolve();
    }
  });
}
