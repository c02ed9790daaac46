import type { Row } from './bench.ts';
import { aof } from './rows/aof.ts';
import { compose } from './rows/compose.ts';
import { dkim } from './rows/dkim.ts';
import { failures } from './rows/failures.ts';
import { growth, million } from './rows/growth.ts';
import { history } from './rows/history.ts';
import { importRow } from './rows/import.ts';
import { latency } from './rows/latency.ts';
import { start } from './rows/start.ts';
import { throughput } from './rows/throughput.ts';
import { watching } from './rows/watching.ts';
import { workers } from './rows/workers.ts';

/** In the order in which they are measured and shown. */
export const ROWS: readonly Row[] = [
  throughput,
  latency,
  dkim,
  failures,
  aof,
  watching,
  workers,
  growth,
  million,
  history,
  importRow,
  compose,
  start,
];
