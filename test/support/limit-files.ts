import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { TestRedis } from './redis.ts';

/** util-linux has it. */
export const canLimitFiles = existsSync('/usr/bin/prlimit');

/** Files of the server cannot grow beyond this: what a full disk does to it, without a disk. */
export async function limitFiles({ pid }: TestRedis, bytes: number | 'unlimited'): Promise<void> {
  await promisify(execFile)('/usr/bin/prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
}
