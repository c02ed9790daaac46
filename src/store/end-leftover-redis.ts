import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const POLL_MS = 5;
const LONGEST_FAREWELL_MS = 30_000;

/**
 * Ends a server that still works on `folder` (a real path) but cannot be reached, because somebody removed its socket:
 * a second one would write into the same file. Its data is complete, and it is asked, not killed.
 * false = it has not ended.
 */
export async function endLeftoverRedis(pidFile: string, folder: string, socket: string): Promise<boolean> {
  const pid = await leftover(pidFile, folder, socket);
  if (pid === undefined) return true;
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; waited < LONGEST_FAREWELL_MS; waited += POLL_MS) {
    if (!(await worksOn(pid, folder, socket))) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** The process a pid file names, unless that number has become another's or nobody's. */
async function leftover(pidFile: string, folder: string, socket: string): Promise<number | undefined> {
  const written = await readFile(pidFile, 'utf8').catch(() => '');
  const pid = Number(written.trim());
  return pid > 1 && (await worksOn(pid, folder, socket)) ? pid : undefined;
}

async function worksOn(pid: number, folder: string, socket: string): Promise<boolean> {
  try {
    // A Redis server works in the folder of its data.
    if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`)) === folder;
    const { stdout } = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]);
    return stdout.includes(socket);
  } catch {
    // No such process, or one of another user's, which has no business with our file.
    return false;
  }
}
