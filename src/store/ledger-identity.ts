import { createHash } from 'node:crypto';
import { EXIT, type Refusal } from '../domain/refusal.ts';

/** What a machine remembers, to notice a Redis that is another one or an older one. */
export interface Remembered {
  readonly instance: string;
  /** When this machine last saw the ledger, by Redis' clock; Redis remembers the same. */
  readonly seenAt: number;
}

/** What the ledger says of itself; a field is missing where nothing was ever written, or was lost. */
export type LedgerMarks = Readonly<Record<string, string>>;

export interface Known {
  /** undefined = this machine has not worked with a ledger yet. */
  readonly remembered: Remembered | undefined;
  readonly secrets: readonly string[];
  /** Named in messages. */
  readonly memoryFile: string;
}

export const SCHEMA = '2';
/** A server that crashed may have lost its last second or two; a backup is older. */
const LOST_IN_A_CRASH_MS = 60_000;

/** Tells two secrets apart without giving either away. */
export const markOf = (secret: string | undefined): string =>
  createHash('sha256').update(`partwork secret mark:${secret}`).digest('hex').slice(0, 16);

/** The oldest sighting a ledger may remember and still be the one that was seen. */
export const oldestSighting = (remembered: Remembered | undefined): number =>
  remembered === undefined ? 0 : remembered.seenAt - LOST_IN_A_CRASH_MS;

/**
 * Whether a ledger is the one this machine knows. Refuses a foreign one, an emptied one and one that is older than what was seen: each
 * of them would send again what was sent.
 */
export function judgeLedger(
  { instance, schema, salt, secretMark, seenAt }: LedgerMarks,
  { remembered, secrets, memoryFile }: Known,
): Refusal | undefined {
  if (instance === undefined || salt === undefined) return emptied(memoryFile);
  if (schema !== SCHEMA) return otherSchema(schema);
  if (remembered !== undefined && remembered.instance !== instance) return foreign();
  if (!secrets.some((secret) => markOf(secret) === secretMark)) return otherSecret();
  return Number(seenAt) < oldestSighting(remembered) ? restored() : undefined;
}

const refuse = (message: string, fix: string): Refusal => ({ message, fix, exitCode: EXIT.refused });

const emptied = (memoryFile: string): Refusal =>
  refuse(
    'This Redis has lost the ledger that this machine has worked with: it is empty. Nothing was sent.',
    `Restore it from its append-only file or a backup; to begin anew on purpose, delete ${memoryFile}.`,
  );

const otherSchema = (schema: string | undefined): Refusal =>
  refuse(
    `The ledger in this Redis has schema ${schema ?? '(none)'}; this version of Partwork works with schema ${SCHEMA}.`,
    'Run the version of Partwork that made it. An older ledger is brought up to date when Partwork starts.',
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
