import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { EXIT, type Refusal } from '../domain/refusal.ts';
import { META } from './keys.ts';

/** What makes this installation itself: the ledger it belongs to, and the keys it signs and names with. */
export interface Installation {
  /** Keys the subscribers' ids. */
  readonly salt: string;
  /** The first signs, all verify. */
  readonly secrets: readonly string[];
  /** Notes, here and in Redis, that the ledger was seen now: workers do it all the time, so that a restored backup shows. */
  readonly noteSeen: () => Promise<void>;
}

export interface InstallationOptions {
  readonly dataFolder: string;
  /** From the configuration; empty = the one kept in the data folder, made on first use. */
  readonly secrets: readonly string[];
  /** The operator says that Redis was restored from a backup on purpose. */
  readonly afterRestore?: boolean;
}

/** What the data folder remembers, to notice a Redis that is another one or an older one. */
interface Remembered {
  readonly instance: string;
  /** When this machine last saw the ledger, by Redis' clock; Redis remembers the same. */
  readonly seenAt: number;
}

const SCHEMA = '1';
/** A server that crashed may have lost its last second or two; a backup is older. */
const LOST_IN_A_CRASH_MS = 60_000;

/**
 * Finds out whether this Redis is the one this machine knows, and makes it ours when both are new. Refuses a foreign one,
 * an emptied one and one that is older than what was seen: each of them would send again what was sent.
 */
export async function openInstallation(
  redis: Redis,
  { dataFolder, secrets, afterRestore = false }: InstallationOptions,
): Promise<Installation | Refusal> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const signing = secrets.length > 0 ? secrets : [await ownSecret(dataFolder)];
  const remembered = await recall(dataFolder);
  if (remembered === undefined) await initialise(redis, markOf(signing[0]));

  const { instance, schema, salt, secretMark, seenAt } = await redis.hgetall(META);
  if (instance === undefined || salt === undefined) return emptied(dataFolder);
  if (schema !== SCHEMA) return otherSchema(schema);
  if (remembered !== undefined && remembered.instance !== instance) return foreign();
  if (!signing.some((secret) => markOf(secret) === secretMark)) return otherSecret();
  const isOlder = remembered !== undefined && remembered.seenAt - Number(seenAt) > LOST_IN_A_CRASH_MS;
  if (isOlder && !afterRestore) return restored();

  if (markOf(signing[0]) !== secretMark) await redis.hset(META, 'secretMark', markOf(signing[0]));
  await noteSeen(redis, dataFolder, instance);
  return { salt, secrets: signing, noteSeen: () => noteSeen(redis, dataFolder, instance) };
}

async function initialise(redis: Redis, secretMark: string): Promise<void> {
  // HSETNX on one field decides between two that start at once; the loser's values are never read.
  const instance = randomBytes(8).toString('hex');
  await redis
    .multi()
    .hsetnx(META, 'instance', instance)
    .hsetnx(META, 'schema', SCHEMA)
    .hsetnx(META, 'salt', randomBytes(16).toString('hex'))
    .hsetnx(META, 'secretMark', secretMark)
    .hsetnx(META, 'seenAt', '0')
    .exec();
}

/** Tells two secrets apart without giving either away. */
const markOf = (secret: string | undefined): string =>
  createHash('sha256').update(`partwork secret mark:${secret}`).digest('hex').slice(0, 16);

async function ownSecret(dataFolder: string): Promise<string> {
  const file = join(dataFolder, 'secret');
  if (!existsSync(file)) {
    // Linked when it is whole: of two that start at once, neither reads half of the other's.
    const whole = `${file}.${randomBytes(4).toString('hex')}`;
    await writeFile(whole, randomBytes(32).toString('hex'), { mode: 0o600 });
    await link(whole, file).catch(ignoreExisting);
    await rm(whole);
  }
  return (await readFile(file, 'utf8')).trim();
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

const memoryFile = (dataFolder: string): string => join(dataFolder, 'instance.json');

async function recall(dataFolder: string): Promise<Remembered | undefined> {
  const file = memoryFile(dataFolder);
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Remembered) : undefined;
}

// Redis first: a crash in between must not look like a backup.
async function noteSeen(redis: Redis, dataFolder: string, instance: string): Promise<void> {
  const [seconds] = await redis.time();
  const seenAt = Number(seconds) * 1_000;
  await redis.hset(META, 'seenAt', seenAt);
  await remember(dataFolder, { instance, seenAt });
}

async function remember(dataFolder: string, remembered: Remembered): Promise<void> {
  const half = `${memoryFile(dataFolder)}.${randomBytes(4).toString('hex')}`;
  await writeFile(half, JSON.stringify(remembered), { mode: 0o600 });
  await rename(half, memoryFile(dataFolder));
}

const refuse = (message: string, fix: string): Refusal => ({ message, fix, exitCode: EXIT.refused });

const emptied = (dataFolder: string): Refusal =>
  refuse(
    'This Redis has lost the ledger that this machine has worked with: it is empty. Nothing was sent.',
    `Restore it from its append-only file or a backup; to begin anew on purpose, delete ${memoryFile(dataFolder)}.`,
  );

const otherSchema = (schema: string | undefined): Refusal =>
  refuse(
    `The ledger in this Redis has schema ${schema ?? '(none)'}; this version of Partwork works with schema ${SCHEMA}.`,
    'Run the version of Partwork that made it.',
  );

const foreign = (): Refusal =>
  refuse(
    'This Redis holds the ledger of another Partwork installation. Nothing was sent.',
    'Check REDIS_URL and its database number, or point PARTWORK_DATA to that installation’s data folder.',
  );

const otherSecret = (): Refusal =>
  refuse(
    'The ledger in this Redis was made with another secret: links in mails already sent would stop working.',
    'Set PARTWORK_SECRET to the secret it was made with; to change it, put the new one first: PARTWORK_SECRET=new,old.',
  );

const restored = (): Refusal =>
  refuse(
    'This Redis is older than what this machine has seen: it looks restored from a backup. What was sent since would be sent again.',
    'If that is understood and meant, start once with --after-restore.',
  );
