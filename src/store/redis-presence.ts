import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** One user of a private Redis: the connection that says so for as long as its process lives. */
export interface Presence {
  readonly redis: Redis;
  /** The folder the server keeps its data in. */
  readonly folder: string;
}

const NAME = 'partwork-present';
/** A server that loads a large file or waits for a slow disk still answers within this. */
const LONGEST_SILENCE_MS = 30_000;

/** A server that is ending cuts off whoever comes; after this long it is not ending but broken. */
const LONGEST_END_MS = 2_000;
const PAUSE_MS = 50;
const NOBODY_LISTENS = new Set(['ENOENT', 'ECONNREFUSED']);
const CUT_OFF = new Set(['ECONNRESET', 'EPIPE']);
/** What ioredis says of a connection that the other side closed in good order. */
const CLOSED = 'Connection is closed.';

/**
 * Connects to the server behind a socket; waits while it loads its data, and while one that is ending ends. undefined = nobody
 * listens there. Throws when there is a server that does not answer or refuses us.
 */
export async function becomePresent(socket: string): Promise<Presence | undefined> {
  for (let waited = 0; ; waited += PAUSE_MS) {
    const met = await meet(socket);
    if (!(met instanceof Error)) return met;
    if (NOBODY_LISTENS.has(met.code ?? '')) return undefined;
    if (!isCutOff(met) || waited >= LONGEST_END_MS) throw met;
    await sleep(PAUSE_MS);
  }
}

const isCutOff = ({ code = '', message }: NodeJS.ErrnoException): boolean =>
  CUT_OFF.has(code) || message === CLOSED;

async function meet(socket: string): Promise<Presence | NodeJS.ErrnoException> {
  const redis = new Redis({
    path: socket,
    lazyConnect: true,
    connectionName: NAME,
    retryStrategy: () => null,
    commandTimeout: LONGEST_SILENCE_MS,
  });
  const errors: NodeJS.ErrnoException[] = [];
  redis.on('error', (error: NodeJS.ErrnoException) => errors.push(error));
  try {
    await redis.connect();
    return { redis, folder: await folderOf(redis) };
  } catch (error) {
    // Disconnecting what has ended already leaves a timer behind that holds the process for two seconds.
    if (redis.status !== 'end') redis.disconnect();
    return errors[0] ?? (error as NodeJS.ErrnoException);
  }
}

/** How many other processes use the server. */
export async function othersPresent({ redis }: Presence): Promise<number> {
  const clients = String(await redis.client('LIST'));
  return clients.split('\n').filter((client) => client.includes(` name=${NAME} `)).length - 1;
}

/** The server writes what it has, closes its file and ends; resolves when it is gone. */
export async function shutDown({ redis }: Presence): Promise<void> {
  const gone = new Promise<void>((resolve) => redis.once('end', resolve));
  // The answer to SHUTDOWN is the end of the connection, which ioredis reports as a failed command.
  redis.shutdown('NOSAVE').catch(() => undefined);
  await gone;
}

async function folderOf(redis: Redis): Promise<string> {
  const answer = await redis.config('GET', 'dir');
  return answer[1] ?? '';
}
