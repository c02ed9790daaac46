import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Problem } from '../domain/problem.ts';
import { installCommand } from './install-command.ts';
import { isOldRedis, OLDEST_REDIS } from './redis-version.ts';
import { searching } from './search-path.ts';

/** A Redis server program on this machine. */
export interface RedisServer {
  /** As found on PATH: `redis-server` or `valkey-server`. */
  readonly command: string;
  /** e.g. `7.0.15` */
  readonly version: string;
  /** The PATH it was found on, where that is not the process' own. */
  readonly path: string | undefined;
}

export type FoundRedisServer =
  | ({ readonly kind: 'found' } & RedisServer)
  /** For exit code 69: nothing to run, or only versions that are too old. */
  | { readonly kind: 'missing'; readonly problem: Problem };

/** Looks for a Redis or Valkey server on the process' PATH, or on `path` (as PATH is written). */
export async function findRedisServer(path?: string): Promise<FoundRedisServer> {
  const unfit: string[] = [];
  for (const command of ['redis-server', 'valkey-server']) {
    const version = await versionOf(command, path);
    if (version === undefined) continue;
    if (/^\d/.test(version) && !isOldRedis(version)) return { kind: 'found', command, version, path };
    unfit.push(`${command} (${version})`);
  }
  return { kind: 'missing', problem: missing(unfit, await installCommand(path)) };
}

/** The version, or why the program does not tell it; undefined = there is no such program. */
async function versionOf(command: string, path: string | undefined): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(command, ['--version'], searching(path));
    return /\bv=(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? 'of unknown version';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : `does not run: ${String(error)}`;
  }
}

function missing(unfit: readonly string[], install: string | undefined): Problem {
  const found = unfit.length === 0 ? 'neither redis-server nor valkey-server' : `only ${unfit.join(' and ')}`;
  return {
    severity: 'error',
    file: 'redis-server',
    message: `REDIS_URL is not set, and of the programs that could serve instead there is ${found} on PATH; Redis ${OLDEST_REDIS} or newer is needed.`,
    fix:
      install === undefined
        ? 'Install redis-server or valkey-server, or set REDIS_URL to a Redis you have.'
        : `Run \`${install}\`, or set REDIS_URL to a Redis you have.`,
  };
}
