import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from '../domain/instant.ts';
import { ADMIN_GENERATION, adminInvitationKey, adminSessionKey } from './keys.ts';
import { ledgerNow, type LedgerClock } from './ledger-clock.ts';
import { Script } from './script.ts';

/** Who is signed in to /admin, and the links that sign in once. Ids are 43 URL-safe characters; only their digests are kept. */
export interface AdminSessionStore {
  /** A new session under a secret's mark; returns its id. */
  start(mark: string): Promise<string>;
  /** When a session began; undefined when it is none, is over, or was made under another secret. */
  find(id: string, mark: string): Promise<Instant | undefined>;
  end(id: string): Promise<void>;
  /** Ends every session, and every link that has not been used. */
  endAll(): Promise<void>;
  /** A token that signs in once, within ten minutes. */
  invite(): Promise<string>;
  /** Whether a token would sign in; uses nothing up. */
  isInvited(token: string): Promise<boolean>;
  /** The same, and it is used up. */
  takeInvitation(token: string): Promise<boolean>;
}

export const SESSION_IDLE_MS = 12 * HOUR_MS;
export const SESSION_MOST_MS = 7 * DAY_MS;
export const INVITATION_MS = 10 * MINUTE_MS;
const NOTE_EVERY_MS = MINUTE_MS;
const ID_BYTES = 32;
const ID = /^[A-Za-z0-9_-]{43}$/;

const sessionScript = new Script('admin-session');

export function openAdminSessionStore(redis: Redis, clock: LedgerClock): AdminSessionStore {
  const generation = async () => (await redis.get(ADMIN_GENERATION)) ?? '0';
  const isCurrent = async (made: string | null) => made !== null && made === (await generation());
  return {
    async start(mark) {
      const id = newId();
      const [now, current] = await Promise.all([ledgerNow(redis, clock), generation()]);
      const session = { startedAt: now, seenAt: now, mark, generation: current };
      const key = adminSessionKey(digestOf(id));
      await redis.multi().hset(key, session).pexpire(key, SESSION_IDLE_MS).exec();
      return id;
    },
    async find(id, mark) {
      if (!ID.test(id)) return undefined;
      const times = [SESSION_IDLE_MS, SESSION_MOST_MS, NOTE_EVERY_MS];
      const keys = [adminSessionKey(digestOf(id)), ADMIN_GENERATION];
      const startedAt = await sessionScript.run(redis, keys, [clock.offsetMs, mark, ...times]);
      return startedAt === 0 ? undefined : (startedAt as Instant);
    },
    async end(id) {
      await redis.del(adminSessionKey(digestOf(id)));
    },
    async endAll() {
      await redis.incr(ADMIN_GENERATION);
    },
    async invite() {
      const token = newId();
      await redis.set(adminInvitationKey(digestOf(token)), await generation(), 'PX', INVITATION_MS);
      return token;
    },
    isInvited: async (token) => isCurrent(await redis.get(adminInvitationKey(digestOf(token)))),
    takeInvitation: async (token) => isCurrent(await redis.getdel(adminInvitationKey(digestOf(token)))),
  };
}

const newId = (): string => randomBytes(ID_BYTES).toString('base64url');

const digestOf = (id: string): string => createHash('sha256').update(id).digest('base64url');
