import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Refusal } from '../domain/refusal.ts';
import { META } from './keys.ts';
import { judgeLedger, markOf, oldestSighting, SCHEMA, type Remembered } from './ledger-identity.ts';
import { isLedgerTrouble } from './ledger-trouble.ts';
import { Script } from './script.ts';
import { marksAfterUpgrade, upgradeLedger } from './upgrade-ledger.ts';

/** What makes this installation itself: the ledger it belongs to, and the keys it signs and names with. */
export interface Installation {
  /** Keys the subscribers' ids. */
  readonly salt: string;
  /** The first signs, all verify. */
  readonly secrets: readonly string[];
  /** Whether this Redis, which may have changed under us, still holds the ledger that this machine knows; if not, why. */
  verify(): Promise<Refusal | undefined>;
  /** Notes in Redis that the ledger was seen now, which needs a Redis that takes writes. false = it is not ours. */
  noteSeen(): Promise<boolean>;
  /** Keeps what was noted on this machine's disk: workers do it all the time, so that a restored backup shows. */
  readonly remember: () => Promise<void>;
}

export interface InstallationOptions {
  readonly dataFolder: string;
  /** From the configuration; empty = the one kept in the data folder, made on first use. */
  readonly secrets: readonly string[];
  /** The operator says that Redis was restored from a backup on purpose. */
  readonly afterRestore?: boolean;
}

const noteSeenScript = new Script('note-seen');

/**
 * Finds out whether this Redis is the one this machine knows, and makes it ours when both are new. Refuses what `judgeLedger` refuses,
 * except for a backup that the operator means.
 */
export async function openInstallation(
  redis: Redis,
  { dataFolder, secrets, afterRestore = false }: InstallationOptions,
): Promise<Installation | Refusal> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const signing = secrets.length > 0 ? secrets : [await ownSecret(dataFolder)];
  const recalled = await recall(dataFolder);
  if (recalled === undefined) await initialise(redis, markOf(signing[0]));

  const found = await redis.hgetall(META);
  const marks = marksAfterUpgrade(found);
  const { instance = '', salt = '', secretMark } = marks;
  const known = { secrets: signing, memoryFile: memoryFile(dataFolder) };
  const oldest = recalled !== undefined && afterRestore ? { ...recalled, seenAt: 0 } : recalled;
  const refusal = judgeLedger(marks, { ...known, remembered: oldest });
  if (refusal !== undefined) return refusal;
  await upgradeLedger(redis, found);
  if (markOf(signing[0]) !== secretMark) await redis.hset(META, 'secretMark', markOf(signing[0]));

  let remembered: Remembered = { instance, seenAt: oldest?.seenAt ?? 0 };
  const installation: Installation = {
    salt,
    secrets: signing,
    verify: async () => judgeLedger(await redis.hgetall(META), { ...known, remembered }),
    async noteSeen() {
      const seenAt = (await noteSeenScript.run(
        redis,
        [META],
        [instance, oldestSighting(remembered)],
      )) as number;
      if (seenAt > 0) remembered = { instance, seenAt };
      return seenAt > 0;
    },
    remember: () => remember(dataFolder, remembered),
  };
  // Redis first: a crash in between must not look like a backup. One that is full can still be looked at.
  await installation.noteSeen().catch(unlessLedgerTrouble);
  await installation.remember();
  return installation;
}

function unlessLedgerTrouble(error: unknown): void {
  if (!isLedgerTrouble(error)) throw error;
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

async function remember(dataFolder: string, remembered: Remembered): Promise<void> {
  const half = `${memoryFile(dataFolder)}.${randomBytes(4).toString('hex')}`;
  await writeFile(half, JSON.stringify(remembered), { mode: 0o600 });
  await rename(half, memoryFile(dataFolder));
}
