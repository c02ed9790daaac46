import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/domain/problem.ts';
import { connectRedis } from '../../src/store/connect-redis.ts';
import { checkRedis } from '../../src/store/check-redis.ts';
import { openPrivateRedis, type PrivateRedis } from '../../src/store/private-redis.ts';
import { runProgram, type Program } from '../support/program.ts';

const USER = join(import.meta.dirname, '../support/private-redis-user.ts');

let parent: string;
let dataFolder: string;
let problems: Problem[];
let opened: PrivateRedis[];
let programs: Program[];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'partwork-test-'));
  dataFolder = join(parent, 'data');
  [problems, opened, programs] = [[], [], []];
});
afterEach(async () => {
  for (const program of programs) await program.kill();
  await Promise.all(opened.map((redis) => redis.close()));
  const pid = await serverPid();
  if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
  await rm(parent, { recursive: true, force: true });
});

describe('a private Redis', () => {
  test('starts, passes every check, and ends with its data kept', async () => {
    const first = await open();
    expect(first.adopted).toBe(false);
    expect(await withRedis(first, (redis) => checkRedis(redis))).toEqual([]);
    await withRedis(first, (redis) => redis.set('reader', 'ash'));
    const pid = await serverPid();
    await first.close();
    await expect.poll(() => isAlive(pid)).toBe(false);

    const second = await open();
    expect(second.adopted).toBe(false);
    expect(await withRedis(second, (redis) => redis.get('reader'))).toBe('ash');
  });

  test('is found again after a crash of the process that started it, with every answered write', async () => {
    const program = start();
    expect(await program.line()).toBe('started');
    const pid = await serverPid();
    const writer = connectRedis(socket());
    await Promise.all(Array.from({ length: 500 }, () => writer.incr('n')));
    writer.disconnect();
    await program.kill();

    const after = await open();
    expect(after.adopted).toBe(true);
    expect(await serverPid()).toBe(pid);
    expect(await withRedis(after, (redis) => redis.get('n'))).toBe('500');
  });

  test('is shared, and ended by the last one to close', async () => {
    const [one, two] = [await open(), start()];
    expect(await two.line()).toBe('adopted');
    await one.close();
    opened = [];
    expect(isAlive(await serverPid())).toBe(true);
    two.tell('close');
    expect(await two.line()).toBe('closed');
    expect(existsSync(socket())).toBe(false);
  });

  test('is started once when eight processes ask at the same moment', async () => {
    const lines = await Promise.all(Array.from({ length: 8 }, () => start().line()));
    expect(lines.filter((line) => line === 'started')).toHaveLength(1);
    expect(lines.filter((line) => line === 'adopted')).toHaveLength(7);
  });

  test('is not hindered by a socket and a process number of a server long gone', async () => {
    const first = start();
    await first.line();
    await first.kill();
    process.kill((await serverPid()) ?? 0, 'SIGKILL');
    await writeFile(join(dataFolder, 'redis', 'redis.pid'), `${process.pid}\n`);
    expect(existsSync(socket())).toBe(true);
    expect((await open()).adopted).toBe(false);
  });

  test('is started again for whoever has just reached a server that is dying', async () => {
    const first = start();
    await first.line();
    const server = (await serverPid()) ?? 0;
    await withRedis({ address: socket() }, (redis) => redis.set('reader', 'ash'));
    await first.kill();
    // Held still, it lets others connect and answers nobody.
    process.kill(server, 'SIGSTOP');
    const before = await connectionsTo(socket());
    const opening = open();
    await expect.poll(() => connectionsTo(socket())).toBeGreaterThan(before);
    process.kill(server, 'SIGKILL');
    expect(await opening).toMatchObject({ adopted: false });
    expect(await withRedis(await opening, (redis) => redis.get('reader'))).toBe('ash');
  });

  test('never gets a second server on its file, even when somebody removed the socket', async () => {
    const first = start();
    await first.line();
    const orphan = await serverPid();
    await first.kill();
    await rm(socket());
    await open();
    expect(isAlive(orphan)).toBe(false);
  });

  test('is started again when it dies, and connections come back by themselves', async () => {
    const redis = await open();
    const connection = connectRedis(redis.address).on('error', () => undefined);
    await connection.set('reader', 'ash');
    process.kill((await serverPid()) ?? 0, 'SIGKILL');
    expect(await connection.get('reader')).toBe('ash');
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('started again')]);
    connection.disconnect();
  });

  test('survives Ctrl-C, which goes to a whole group of processes: it leads one of its own', async () => {
    await open();
    expect(process.kill(-((await serverPid()) ?? 0), 0)).toBe(true);
  });

  test.each([
    'a folder with spaces, "quotes" and \'more\'',
    '電子報/資料',
    `${'a-long-name/'.repeat(12)}data`,
  ])('works in %s', async (name) => {
    dataFolder = join(parent, name);
    const redis = await open();
    await withRedis(redis, (connection) => connection.set('reader', 'ash'));
    expect(await start().line()).toBe('adopted');
    expect(Buffer.byteLength(redis.address)).toBeLessThanOrEqual(100);
    expect(existsSync(socket())).toBe(true);
    if (redis.address !== socket()) await rm(dirname(dirname(redis.address)), { recursive: true });
  });
});

describe('without a usable server', () => {
  test('says which command installs one', async () => {
    const tools = await folderWith({ 'apt-get': 'exit 0' });
    const problem = await refusal(tools);
    expect(problem.message).toContain('neither redis-server nor valkey-server on PATH');
    expect(problem.fix).toMatch(/^Run `(sudo )?apt-get install -y redis-server`/);
  });

  test('says so when there is not even a package manager', async () => {
    const problem = await refusal(await folderWith({}));
    expect(problem.fix).toBe('Install redis-server or valkey-server, or set REDIS_URL to a Redis you have.');
  });

  test('takes Valkey where Redis is too old', async () => {
    const old = { 'redis-server': 'echo "Redis server v=5.0.7 sha=0"' };
    expect((await refusal(await folderWith(old))).message).toContain(
      'only redis-server (5.0.7) on PATH; Redis 6.2',
    );
    const real = await folderWith({
      ...old,
      'valkey-server': `PATH=${process.env['PATH']} exec redis-server "$@"`,
    });
    expect((await open(real)).adopted).toBe(false);
  });

  test('tells what the server said when it does not start', async () => {
    const broken = {
      'redis-server': 'if [ "$1" = --version ]; then echo v=7.0.15; else echo "No space left"; exit 1; fi',
    };
    expect((await refusal(await folderWith(broken))).message).toBe(
      'redis-server ended as soon as it was started: No space left',
    );
  });

  test('loads an append-only file that ends in the middle of a command, and says of one that ends in garbage that it is bad', async () => {
    const first = await open();
    const redis = connectRedis(first.address);
    await redis.set('before', 'kept');
    await redis.set('last', 'lost');
    redis.disconnect();
    await first.close();
    const home = join(dataFolder, 'redis', 'appendonlydir');
    const name = (await readdir(home)).find((file) => file.endsWith('.incr.aof')) ?? '';
    const whole = await readFile(join(home, name));

    await writeFile(join(home, name), whole.subarray(0, whole.length - 3));
    const torn = await open();
    const again = connectRedis(torn.address);
    expect(await again.mget('before', 'last')).toEqual(['kept', null]);
    again.disconnect();
    await torn.close();

    await writeFile(join(home, name), Buffer.concat([whole, Buffer.from('*3\r\n$3\r\nno\r\nsense')]));
    expect((await refusal()).message).toContain('Bad file format reading the append only file');
  });

  test('a data folder that cannot be made is an answer, too', async () => {
    await writeFile(dataFolder, '');
    expect((await refusal()).message).toContain('The data folder cannot be used');
  });
});

async function open(path?: string): Promise<PrivateRedis> {
  const result = await openPrivateRedis({
    dataFolder,
    onProblem: (problem) => problems.push(problem),
    ...(path !== undefined && { path }),
  });
  if (result.kind === 'unavailable') throw new Error(result.problem.message);
  opened.push(result.redis);
  return result.redis;
}

async function refusal(path?: string): Promise<Problem> {
  const result = await openPrivateRedis({
    dataFolder,
    onProblem: () => undefined,
    ...(path !== undefined && { path }),
  });
  if (result.kind === 'open') throw new Error('opened');
  return result.problem;
}

function start(): Program {
  const program = runProgram(USER, [dataFolder]);
  programs.push(program);
  return program;
}

async function withRedis<T>(
  redis: Pick<PrivateRedis, 'address'>,
  use: (connection: ReturnType<typeof connectRedis>) => Promise<T>,
): Promise<T> {
  const connection = connectRedis(redis.address);
  try {
    return await use(connection);
  } finally {
    connection.disconnect();
  }
}

/** A folder to put in place of PATH: programs by name, as shell scripts. */
async function folderWith(programs: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(parent, 'path-'));
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return folder;
}

const socket = (): string => join(dataFolder, 'redis', 'socket');

async function serverPid(): Promise<number | undefined> {
  const text = await readFile(join(dataFolder, 'redis', 'redis.pid'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text);
}

/** As the kernel counts them, with those that the server has not answered yet. */
async function connectionsTo(path: string): Promise<number> {
  const lines = (await readFile('/proc/net/unix', 'utf8')).split('\n');
  return lines.filter((line) => line.endsWith(` ${path}`)).length;
}

/** Is the process there, and not only its number, kept until its parent asks for it? */
function isAlive(pid: number | undefined): boolean {
  return pid !== undefined && existsSync(`/proc/${pid}/cwd`);
}
