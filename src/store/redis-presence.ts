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

/**
 * Connects to the server behind a socket; waits while it loads its data. undefined = nobody listens there.
 * Throws when there is a server that does not answer or refuses us.
 */
export async function becomePresent(socket: string): Promise<Presence | undefined> {
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
    const cause = errors[0] ?? (error as NodeJS.ErrnoException);
    if (cause.code === 'ENOENT' || cause.code === 'ECONNREFUSED') return undefined;
    throw cause;
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
