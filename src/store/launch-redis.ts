import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { becomePresent, type Presence } from './redis-presence.ts';
import type { RedisServer } from './redis-server.ts';
import { searching } from './search-path.ts';

export type Launched =
  | { readonly kind: 'running'; readonly presence: Presence }
  /** `log` is the last thing the server said. */
  | { readonly kind: 'ended'; readonly log: string };

export const LOG_FILE = 'redis.log';
export const PID_FILE = 'redis.pid';
const POLL_MS = 5;
/** `4711:M 23 Nov 2026 08:00:00.123 # ` */
const LOG_PREFIX = /^\d+:\w \d+ \w+ \d+ [\d:.]+ \S /;

/**
 * Starts a server that keeps its data in `folder` and listens on `socket` only. It outlives this process: Ctrl-C in
 * the terminal reaches the application, which still needs its Redis to drain. Resolves when it answers, after loading.
 */
export async function launchRedis(
  { command, path }: RedisServer,
  folder: string,
  socket: string,
): Promise<Launched> {
  const log = await open(join(folder, LOG_FILE), 'a', 0o600);
  const server = spawn(command, argumentsFor(folder, socket), {
    ...searching(path),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  await once(server, 'spawn');
  await log.close();
  server.unref();
  for (;;) {
    const presence = await becomePresent(socket);
    if (presence !== undefined) return { kind: 'running', presence };
    if (server.exitCode !== null || server.signalCode !== null) {
      return { kind: 'ended', log: await lastLine(join(folder, LOG_FILE)) };
    }
    await sleep(POLL_MS);
  }
}

function argumentsFor(folder: string, socket: string): string[] {
  const settings = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: folder,
    pidfile: join(folder, PID_FILE),
    appendonly: 'yes',
    // What was answered is on the disk: an answer means that a mail may go out, or that one has gone.
    appendfsync: 'always',
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

async function lastLine(file: string): Promise<string> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  return (lines.at(-1) ?? '').replace(LOG_PREFIX, '');
}
