import type { Redis } from 'ioredis';
import { DAY_MS } from '../domain/instant.ts';
import type { Mark, Notice } from '../domain/notice.ts';
import type { TroubleRecord } from '../domain/trouble.ts';
import type { WatchMemory } from '../domain/watch.ts';
import { watchKeys } from './keys.ts';
import { Script } from './script.ts';

/** A mark, and the notice that leaves when it is new. */
export interface RaisedMark extends Mark {
  readonly notice?: Notice;
}

/** All that is known before a look. */
export interface Recalled {
  readonly memory: WatchMemory | undefined;
  /** Mark → value. */
  readonly told: ReadonlyMap<string, string>;
  /** A trouble of the ledger's own, told by whoever led while nothing could be written here. */
  readonly handedOver: TroubleRecord | undefined;
}

/** What watchmen share: who of them leads, what was told, and the notices that have not left yet. */
export interface WatchStore {
  /** Whether `me` leads from now on, for `ms`, unless it asks again before. */
  lead(me: string, ms: number): Promise<boolean>;
  resign(me: string): Promise<void>;
  recall(): Promise<Recalled>;
  /**
   * Writes what a look has made known, if `me` leads still; returns how many notices are new, or undefined when another one leads.
   * `handedOver` is taken as known from now on.
   */
  commit(
    me: string,
    memory: WatchMemory,
    marks: readonly RaisedMark[],
    handedOver?: TroubleRecord,
  ): Promise<number | undefined>;
  handOver(trouble: TroubleRecord): Promise<void>;
  /** Whether exactly this was told. */
  isTold(mark: Mark): Promise<boolean>;
  /** Notices that are not queued yet, oldest first. */
  outbox(): Promise<string[]>;
  /** The notice is queued by every way. */
  posted(id: string): Promise<void>;
  /** undefined = too old to be told. */
  findNotice(id: string): Promise<Notice | undefined>;
}

/** A day of tries, and some more. */
const KEPT_MS = 2 * DAY_MS;
/** Where nobody is there to send them, notices do not pile up. */
const MOST_IN_OUTBOX = 100;

const leadScript = new Script('lead-watch');
const resignScript = new Script('resign-watch');
const commitScript = new Script('commit-watch');

export function openWatchStore(redis: Redis): WatchStore {
  const { leader, memory, told, outbox, handedOver, notice } = watchKeys;
  return {
    lead: async (me, ms) => (await leadScript.run(redis, [leader], [me, ms])) === 1,
    async resign(me) {
      await resignScript.run(redis, [leader], [me]);
    },
    async recall() {
      const [remembered, marks, trouble] = await Promise.all([
        redis.get(memory),
        redis.hgetall(told),
        redis.get(handedOver),
      ]);
      return {
        memory: remembered === null ? undefined : (JSON.parse(remembered) as WatchMemory),
        told: new Map(Object.entries(marks)),
        handedOver: trouble === null ? undefined : (JSON.parse(trouble) as TroubleRecord),
      };
    },
    async commit(me, next, marks, known) {
      const raised = await commitScript.run(
        redis,
        [leader, memory, told, outbox, handedOver],
        [
          me,
          JSON.stringify(next),
          notice,
          KEPT_MS,
          MOST_IN_OUTBOX,
          known === undefined ? '' : JSON.stringify(known),
          ...marks.flatMap(markArguments),
        ],
      );
      return raised === -1 ? undefined : Number(raised);
    },
    async handOver(trouble) {
      await redis.set(handedOver, JSON.stringify(trouble));
    },
    isTold: async ({ mark, value }) => (await redis.hget(told, mark)) === value,
    outbox: () => redis.lrange(outbox, 0, -1),
    async posted(id) {
      await redis.lrem(outbox, 0, id);
    },
    async findNotice(id) {
      const json = await redis.get(`${notice}${id}`);
      return json === null ? undefined : (JSON.parse(json) as Notice);
    },
  };
}

const markArguments = ({ mark, value, notice }: RaisedMark): string[] => [
  mark,
  value,
  notice?.id ?? '',
  notice === undefined ? '' : JSON.stringify(notice),
];
