import { readFile } from 'node:fs/promises';

/** What the kernel has counted of a process. */
export interface ProcessCost {
  /** User and system, all threads, µs. */
  readonly cpuUs: number;
  /** The most memory it has had since it began, bytes. */
  readonly peakRss: number;
}

/** USER_HZ, which is 100 on every Linux that Node runs on. */
const TICK_US = 10_000;

/** undefined where there is no /proc: elsewhere than on Linux. */
export async function processCost(pid: number): Promise<ProcessCost | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    // The name in parentheses may have spaces in it; utime and stime are the 14th and 15th field of all.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      cpuUs: (Number(fields[11]) + Number(fields[12])) * TICK_US,
      peakRss: Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) * 1024,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
