import type { Row } from './bench.ts';
import { aof } from './rows/aof.ts';
import { dkim } from './rows/dkim.ts';
import { failures } from './rows/failures.ts';
import { growth, million } from './rows/growth.ts';
import { latency } from './rows/latency.ts';
import { throughput } from './rows/throughput.ts';
import { workers } from './rows/workers.ts';

/** In the order in which they are measured and shown. */
export const ROWS: readonly Row[] = [throughput, latency, failures, dkim, aof, workers, growth, million];
