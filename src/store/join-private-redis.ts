import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../domain/problem.ts';
import { endLeftoverRedis } from './end-leftover-redis.ts';
import { launchRedis, LOG_FILE, PID_FILE } from './launch-redis.ts';
import { becomePresent, othersPresent, shutDown, type Presence } from './redis-presence.ts';
import { findRedisServer } from './redis-server.ts';
import { takeLock } from './take-lock.ts';

export interface PrivatePlace {
  /** Real path of the folder with the data. */
  readonly folder: string;
  readonly socket: string;
  /** Where to look for the server instead of on the process' PATH. */
  readonly path?: string | undefined;
}

export interface Unavailable {
  readonly kind: 'unavailable';
  readonly problem: Problem;
}

export type Joined =
  { readonly kind: 'joined'; readonly presence: Presence; readonly adopted: boolean } | Unavailable;

const LOCK_POLL_MS = 10;

/** Becomes a user of the server at this place, and starts it when there is none. Never starts a second one. */
export async function joinPrivateRedis(place: PrivatePlace): Promise<Joined> {
  try {
    return await alone(place.folder, () => adoptOrLaunch(place));
  } catch (error) {
    // The system's refusals (rights, disk, a server that hangs) end here, so that whoever keeps the server alive can go on trying.
    return unavailable(
      place.folder,
      `The private Redis cannot be used: ${String(error)}.`,
      'Mend that and try again.',
    );
  }
}

/** Ends the server, unless another process uses it. */
export async function leavePrivateRedis({ folder }: PrivatePlace, presence: Presence): Promise<void> {
  await alone(folder, async () => {
    if (presence.redis.status !== 'ready') return;
    if ((await othersPresent(presence)) > 0) presence.redis.disconnect();
    else await shutDown(presence);
  });
}

/** Nobody joins while another starts or ends the server. */
async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const lock = await takeLock(folder, 'start');
    if (lock.kind === 'busy') {
      await sleep(LOCK_POLL_MS);
      continue;
    }
    try {
      return await work();
    } finally {
      await lock.release();
    }
  }
}

async function adoptOrLaunch(place: PrivatePlace): Promise<Joined> {
  const { folder, socket, path } = place;
  const running = await becomePresent(socket);
  if (running !== undefined) return adopt(running, place);

  if (!(await endLeftoverRedis(join(folder, PID_FILE), folder, socket))) {
    const message =
      'An earlier redis-server still works on this folder, cannot be reached, and does not end when asked.';
    return unavailable(join(folder, PID_FILE), message, 'End the process of that number, and try again.');
  }
  const server = await findRedisServer(path);
  if (server.kind === 'missing') return { kind: 'unavailable', problem: server.problem };

  const launched = await launchRedis(server, folder, socket);
  if (launched.kind === 'running') return { kind: 'joined', presence: launched.presence, adopted: false };
  const message = `${server.command} ended as soon as it was started: ${launched.log}`;
  return unavailable(join(folder, LOG_FILE), message, 'The log has the whole story.');
}

async function adopt(presence: Presence, { folder, socket }: PrivatePlace): Promise<Joined> {
  if ((await realpath(presence.folder)) === folder) return { kind: 'joined', presence, adopted: true };
  presence.redis.disconnect();
  const message = `The Redis that listens here keeps its data in ${presence.folder}, so it is not ours.`;
  return unavailable(socket, message, 'End it, or choose another data folder (PARTWORK_DATA).');
}

export const unavailable = (file: string, message: string, fix: string): Unavailable => ({
  kind: 'unavailable',
  problem: { severity: 'error', file, message, fix },
});
