import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../src/store/connect-redis.ts';

/** A Redis of its own for one test file, on a Unix socket in a folder of its own. */
export interface TestRedis {
  /** With its data in `appendonlydir/` and its `log`. */
  readonly folder: string;
  /** Of the server that runs now. */
  readonly pid: number;
  readonly socket: string;
  /** For `REDIS_URL`. */
  readonly url: string;
  /** A new connection; `stop` closes it. */
  redis(name?: string): Redis;
  /** SIGKILL: the socket file stays behind, what was answered is in the append-only file. */
  kill(): Promise<void>;
  /** Ends the server if it still runs, and starts it again with its data. Connections come back by themselves. */
  restart(more?: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

// Ends the server when this process is gone, however it went: no test run leaves servers behind. Ignoring XFSZ makes a limit on the size
// of its files look like a full disk.
const WATCHED = 'trap "" XFSZ; "$@" & echo $!; cat >/dev/null; kill -9 $! 2>/dev/null';

/** `more` are further arguments for redis-server, e.g. `['--maxmemory', '3mb']`; a later one overrides an earlier one. */
export async function startRedis(more: readonly string[] = []): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'partwork-redis-'));
  const socket = join(folder, 's');
  const connections: Redis[] = [];
  let server = await launch(folder, socket, more);

  const redis = (name?: string): Redis => {
    const connection = connectRedis(socket, name === undefined ? {} : { name });
    // Tests kill the server on purpose; a command that fails still fails.
    connection.on('error', () => undefined);
    connections.push(connection);
    return connection;
  };
  const kill = async (): Promise<void> => end(server, 'SIGKILL');
  const restart = async (others = more): Promise<void> => {
    await end(server, 'SIGTERM');
    server = await launch(folder, socket, others);
  };
  const stop = async (): Promise<void> => {
    for (const connection of connections) connection.disconnect();
    await end(server, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  return {
    folder,
    get pid() {
      return server.pid;
    },
    socket,
    url: `unix://${socket}`,
    redis,
    kill,
    restart,
    stop,
  };
}

interface Server {
  readonly pid: number;
  readonly watcher: ChildProcess;
}

async function launch(folder: string, socket: string, more: readonly string[]): Promise<Server> {
  await rm(socket, { force: true });
  const args = ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', '', '--appendonly', 'yes'];
  args.push('--maxmemory-policy', 'noeviction', '--logfile', join(folder, 'log'), ...more);
  const watcher = spawn('sh', ['-c', WATCHED, 'sh', 'redis-server', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [pid] = (await once(watcher.stdout, 'data')) as [Buffer];
  const server = { pid: Number(pid.toString()), watcher };
  try {
    await answering(socket, server.pid);
  } catch (error) {
    await end(server, 'SIGKILL');
    throw error;
  }
  return server;
}

async function answering(socket: string, pid: number): Promise<void> {
  while (!existsSync(socket)) {
    mustRun(pid);
    await sleep(5);
  }
  const probe = connectRedis(socket).on('error', () => undefined);
  // A refusal (a password is wanted) is an answer, too.
  const answer = probe.ping().then(
    () => true,
    () => true,
  );
  try {
    // It listens before it has read its data, and ends when it cannot.
    while (!(await Promise.race([answer, sleep(50, false)]))) mustRun(pid);
  } finally {
    probe.disconnect();
  }
}

function mustRun(pid: number): void {
  if (!isRunning(pid))
    throw new Error('redis-server ended before it answered; is it installed (apt-get install redis-server)?');
}

async function end({ pid, watcher }: Server, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (isRunning(pid)) process.kill(pid, signal);
  while (isRunning(pid)) await sleep(2);
  if (watcher.exitCode === null && watcher.signalCode === null) {
    watcher.stdin?.end();
    await once(watcher, 'exit');
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
