import { isIP } from 'node:net';
import { Redis, type RedisOptions } from 'ioredis';

/** ioredis' options without the one that changes the shape of replies. */
export type RedisPlace = Omit<RedisOptions, 'replyMapping'>;

export interface ConnectOptions {
  /** Shown by `CLIENT LIST`, so that an operator sees who is connected. */
  readonly name?: string;
  /**
   * false = a command fails at once while there is no connection, and one whose answer was lost is not sent again: for pages, which must
   * answer, and must not do later what they have said cannot be done. Needs `commandTimeoutMs`, which ends the wait for a lost answer.
   */
  readonly waitWhileDown?: boolean;
  /** A command without an answer after this time fails, ms; a connection as silent for five times as long is made anew. Not for blocking commands. */
  readonly commandTimeoutMs?: number;
}

/** Half a second after Redis is back at the latest, however long it was away, somebody tries. */
const LONGEST_PAUSE_MS = 500;
const CONNECT_MS = 5_000;
/** A server may be slow for this long; a line silent for longer while an answer is due is dead, and made anew. */
const LONGEST_SILENCE_MS = 10_000;
/** BullMQ's blocking reads are silent for up to ten seconds. */
const LONGEST_BLOCKED_SILENCE_MS = 15_000;

const RETURNING = {
  // BullMQ's workers refuse anything else: a blocked read may take longer than any number of reconnects.
  maxRetriesPerRequest: null,
  connectTimeout: CONNECT_MS,
  retryStrategy: (tries: number) => Math.min(LONGEST_PAUSE_MS, 50 * tries),
  maxLoadingRetryTime: LONGEST_PAUSE_MS,
} as const;

/**
 * What `REDIS_URL` says, as connection options: `redis://[user:password@]host[:port][/database]`, `rediss://…` for TLS,
 * `unix:///path/to/socket[?db=1]`, or the absolute path of a socket. undefined = not an address.
 */
export function parseRedisAddress(address: string): RedisPlace | undefined {
  if (address.startsWith('/') && !address.startsWith('//')) return { path: address };
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol === 'unix:') return socketOptions(url);
  if (url.protocol === 'redis:' || url.protocol === 'rediss:') return serverOptions(url);
  return undefined;
}

/**
 * Begins to connect and returns at once; commands wait until the server is there and survive its restarts.
 * Not for blocking commands, whose silence would be taken for a dead line.
 * Listen to `error`, which tells of every failed try. Throws on an address that `parseRedisAddress` does not know.
 */
export function connectRedis(address: string, options: ConnectOptions = {}): Redis {
  const all: RedisPlace = {
    ...placeOf(address),
    ...RETURNING,
    socketTimeout: LONGEST_SILENCE_MS,
    enableOfflineQueue: options.waitWhileDown ?? true,
    autoResendUnfulfilledCommands: options.waitWhileDown ?? true,
    ...(options.name !== undefined && { connectionName: options.name }),
    ...(options.commandTimeoutMs !== undefined && {
      commandTimeout: options.commandTimeoutMs,
      socketTimeout: 5 * options.commandTimeoutMs,
    }),
  };
  return new Redis(all);
}

/** For BullMQ's queues and workers, which make connections of their own. Throws on an address that `parseRedisAddress` does not know. */
export function queueLink(address: string): RedisPlace {
  return { ...placeOf(address), ...RETURNING, socketTimeout: LONGEST_BLOCKED_SILENCE_MS };
}

function placeOf(address: string): RedisPlace {
  const place = parseRedisAddress(address);
  if (place === undefined) throw new TypeError(`Not a Redis address: ${redisName(address)}`);
  return place;
}

/** The address as messages may show it: without user, password and query. */
export function redisName(address: string): string {
  if (!URL.canParse(address)) return address.startsWith('/') ? address : '(not a URL)';
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

/** undefined for text such as `100%`, which is no percent-encoding. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function socketOptions(url: URL): RedisPlace | undefined {
  const database = url.searchParams.get('db') ?? '0';
  const path = decoded(url.pathname);
  if (url.host !== '' || path === undefined || path.length < 2 || !/^\d+$/.test(database)) return undefined;
  return { path, db: Number(database) };
}

function serverOptions(url: URL): RedisPlace | undefined {
  const database = /^\/?(\d*)$/.exec(url.pathname)?.[1];
  const username = decoded(url.username);
  const password = decoded(url.password);
  if (url.hostname === '' || database === undefined || username === undefined || password === undefined) {
    return undefined;
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: url.port === '' ? 6379 : Number(url.port),
    db: Number(database),
    ...(username !== '' && { username }),
    ...(password !== '' && { password }),
    // Hosted servers choose the certificate by name, and an IP address is not a name (RFC 6066 §3).
    ...(url.protocol === 'rediss:' && { tls: isIP(host) === 0 ? { servername: host } : {} }),
  };
}
