import type { Row } from './bench.ts';
import { throughput } from './rows/throughput.ts';

/** In the order in which they are measured and shown. */
export const ROWS: readonly Row[] = [throughput];
