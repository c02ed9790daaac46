import { setTimeout as sleep } from 'node:timers/promises';
import { WrongResult } from './wrong-result.ts';

const POLL_MS = 20;
const STALL_MS = 30_000;

/** Looks until `look` says that it is so; throws when what `look` counts has not grown for half a minute. */
export async function pollUntil(
  wanted: string,
  look: () => Promise<{ readonly count: number; readonly isSo: boolean }>,
): Promise<void> {
  let count = -1;
  let since = Date.now();
  for (;;) {
    const seen = await look();
    if (seen.isSo) return;
    if (seen.count !== count) since = Date.now();
    count = seen.count;
    if (Date.now() - since > STALL_MS) throw new WrongResult(`${wanted}: stands still at ${count}.`);
    await sleep(POLL_MS);
  }
}
