import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { SECOND_MS } from '../domain/instant.ts';
import { allPartitions } from '../domain/subscriber.ts';
import { ledgerKeys, META } from './keys.ts';
import { SCHEMA, type LedgerMarks } from './ledger-identity.ts';
import { Script } from './script.ts';

/** Had a field for each issue that a reader has had, which is still understood. */
const SCHEMA_BEFORE = '1';
/** Processes of the older version look at the schema every two seconds, and rest when it is not theirs. */
const UNTIL_THEY_REST_MS = 3 * SECOND_MS;

const packScript = new Script('pack-histories', ['history', 'sources', 'reader-fields']);

/** The marks as they will be when the ledger has been brought up to date; the same where it is, or nobody can. */
export const marksAfterUpgrade = (marks: LedgerMarks): LedgerMarks =>
  marks['schema'] === SCHEMA_BEFORE ? { ...marks, schema: SCHEMA } : marks;

/**
 * Brings a ledger of the schema before to this one, once. Several processes may do it at the same time, and whoever opens the ledger after
 * a crash goes on with it; readers may be sent mail meanwhile.
 */
export async function upgradeLedger(redis: Redis, marks: LedgerMarks): Promise<void> {
  if (marks['schema'] === SCHEMA_BEFORE) {
    await redis.hset(META, { schema: SCHEMA, upgrading: '1' });
    await sleep(UNTIL_THEY_REST_MS);
  } else if (marks['upgrading'] === undefined) {
    return;
  }
  for (const partition of allPartitions()) await packHistories(redis, partition);
  await redis.hdel(META, 'upgrading');
}

async function packHistories(redis: Redis, partition: string): Promise<void> {
  const { codes, sources, subscriber } = ledgerKeys(partition);
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${subscriber}*`, 'COUNT', 1_000);
    if (keys.length > 0) await packScript.run(redis, [codes, sources, ...keys], []);
    cursor = next;
  } while (cursor !== '0');
}
