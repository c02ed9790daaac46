import { writeSync } from 'node:fs';
import { armFailpoints } from '../domain/failpoint.ts';
import { parseMishaps } from '../domain/mishap.ts';

const STDERR = 2;

/** For tests: what `PARTWORK_FAILPOINTS` says is to go wrong in this process. */
export function armFailpointsOf(text: string): void {
  armFailpoints({
    mishaps: parseMishaps(text) ?? [],
    kill: () => process.kill(process.pid, 'SIGKILL'),
    // At once: the process may be gone in a moment.
    tell: ({ at, hit, kind }) => writeSync(STDERR, `failpoint ${at} ${hit} ${kind}\n`),
  });
}
