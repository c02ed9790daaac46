import { setFlagsFromString } from 'node:v8';

/** How much garbage may pile up before it is collected, beside what is in use. */
const GARBAGE_PERCENT = 50;

/**
 * V8 lets the heap of a busy process become several times what is in use: it would grow for as long as a release takes. Collecting sooner costs a
 * few hundredths of a worker's time and saves a fifth of its memory.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GARBAGE_PERCENT}`);
}
