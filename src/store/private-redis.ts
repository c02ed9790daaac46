import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../domain/problem.ts';
import {
  joinPrivateRedis,
  leavePrivateRedis,
  unavailable,
  type PrivatePlace,
  type Unavailable,
} from './join-private-redis.ts';
import { LOG_FILE } from './launch-redis.ts';
import type { Presence } from './redis-presence.ts';
import { socketPath } from './socket-path.ts';

export interface PrivateRedisOptions {
  /** The server keeps its data in `redis/` below this. Made when missing. */
  readonly dataFolder: string;
  /** Told when the server ended under us, and each time it could not be started again; tries go on. */
  readonly onProblem: (problem: Problem) => void;
  /** Where to look for the server instead of on the process' PATH, written as PATH is. */
  readonly path?: string;
}

/** A Redis of this installation's own, shared by all processes that work on one data folder. */
export interface PrivateRedis {
  /** For `connectRedis`; the same over restarts of the server. */
  readonly address: string;
  /** Was it running already, for another process or left by one that crashed? */
  readonly adopted: boolean;
  /** Ends the server, unless another process uses it. Close your own connections first. */
  close(): Promise<void>;
}

export type OpenedPrivateRedis =
  | { readonly kind: 'open'; readonly redis: PrivateRedis }
  /** For exit code 69. */
  | Unavailable;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** A server that ran this long did not die of being started. */
const STEADY_MS = 10_000;

/**
 * Joins the server of a data folder, or starts it; the last process to close ends it. A server that dies meanwhile
 * (killed, or its disk was full) is started again with its data, and connections to it come back by themselves.
 */
export async function openPrivateRedis(options: PrivateRedisOptions): Promise<OpenedPrivateRedis> {
  const place = await prepare(options);
  if ('problem' in place) return place;
  const joined = await joinPrivateRedis(place);
  if (joined.kind === 'unavailable') return joined;
  const close = keepAlive(place, joined.presence, options.onProblem);
  return { kind: 'open', redis: { address: place.socket, adopted: joined.adopted, close } };
}

async function prepare({ dataFolder, path }: PrivateRedisOptions): Promise<PrivatePlace | Unavailable> {
  try {
    await mkdir(join(dataFolder, 'redis'), { recursive: true, mode: 0o700 });
    const folder = await realpath(join(dataFolder, 'redis'));
    return { folder, socket: await socketPath(folder, 'socket'), path };
  } catch (error) {
    return unavailable(
      dataFolder,
      `The data folder cannot be used: ${String(error)}.`,
      'Choose another (PARTWORK_DATA) or mend this one.',
    );
  }
}

/** Returns what ends the keeping, and the server with it unless others use it. */
function keepAlive(
  place: PrivatePlace,
  first: Presence,
  onProblem: (problem: Problem) => void,
): () => Promise<void> {
  const closing = new AbortController();
  let presence = first;
  let reviving = Promise.resolve();

  const watch = (pause: number): void => {
    const since = Date.now();
    presence.redis.once('end', () => {
      if (closing.signal.aborted) return;
      onProblem(ended(place));
      reviving = revive(Date.now() - since > STEADY_MS ? FIRST_PAUSE_MS : pause);
    });
  };
  const revive = async (pause: number): Promise<void> => {
    const next = Math.min(2 * pause, LONGEST_PAUSE_MS);
    if (!(await slept(pause, closing.signal))) return;
    const joined = await joinPrivateRedis(place);
    if (joined.kind === 'unavailable') {
      onProblem(joined.problem);
      return revive(next);
    }
    presence = joined.presence;
    watch(next);
  };

  watch(FIRST_PAUSE_MS);
  return async () => {
    closing.abort();
    await reviving;
    await leavePrivateRedis(place, presence);
  };
}

/** false = it is time to close. */
async function slept(ms: number, closing: AbortSignal): Promise<boolean> {
  await sleep(ms, undefined, { signal: closing, ref: false }).catch(() => undefined);
  return !closing.aborted;
}

const ended = ({ folder }: PrivatePlace): Problem => ({
  severity: 'warning',
  file: join(folder, LOG_FILE),
  message: 'The private Redis has ended; it is being started again with its data.',
});
