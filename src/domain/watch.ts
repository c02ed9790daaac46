import { MINUTE_MS, type Instant } from './instant.ts';
import type { Mark, News, TroubleFacts, TroubleKind } from './notice.ts';
import { troubleAfter, type SeenTrouble, type TroubleRecord } from './trouble.ts';

/** What the watchman judges, of one moment. */
export interface Sight {
  readonly now: Instant;
  /** Issues that everybody has had who is going to. */
  readonly finished: readonly Extract<News, { kind: 'release.finished' }>[];
  /** Series that have paused themselves, and by which change of their plan. */
  readonly paused: readonly {
    readonly news: Extract<News, { kind: 'series.paused' }>;
    readonly by: number;
  }[];
  readonly troubles: readonly (TroubleFacts & SeenTrouble)[];
}

/** A trouble, and what it is about, for when it is over and not seen any more. */
export type RememberedTrouble = TroubleRecord & TroubleFacts;

/** What the watchman remembers from one look to the next, whichever process it is in. */
export interface WatchMemory {
  readonly lookedAt: Instant;
  readonly troubles: Readonly<Record<string, RememberedTrouble>>;
}

/** News that is told if its mark is new; without news it is only marked. */
export interface MarkedNews extends Mark {
  readonly news?: News;
}

export interface Judgement {
  readonly memory: WatchMemory;
  readonly marked: readonly MarkedNews[];
}

/** How long each trouble must last before it is told: a restart, a full connection table, a failover mend themselves. */
export const PATIENCE_MS: Readonly<Record<TroubleKind, number>> = {
  'mail-blocked': MINUTE_MS,
  'no-workers': MINUTE_MS,
  ledger: MINUTE_MS,
  // It has lasted two minutes when it is called so.
  stuck: 0,
};

/**
 * What a look at everything makes known: level-triggered, so that any number of watchmen, or none for a while, come to the same. What was
 * finished before anybody watched is marked and not told: a first look at an old ledger would tell of years.
 */
export function judgeSight(sight: Sight, before: WatchMemory | undefined): Judgement {
  const isFirst = before === undefined;
  const troubles = judgeTroubles(sight, before?.troubles ?? {});
  return {
    memory: { lookedAt: sight.now, troubles: troubles.records },
    marked: [
      ...sight.finished.map((news) => ({
        mark: `release:${news.series}:${news.issue}`,
        value: 'finished',
        ...(!isFirst && { news }),
      })),
      ...sight.paused.map(({ news, by }) => ({ mark: `paused:${news.series}`, value: String(by), news })),
      ...troubles.marked,
    ],
  };
}

function judgeTroubles({ now, troubles }: Sight, before: WatchMemory['troubles']) {
  const seen = new Map(troubles.map((trouble) => [troubleKey(trouble), trouble]));
  const records: Record<string, RememberedTrouble> = {};
  const marked: MarkedNews[] = [];
  for (const key of new Set([...Object.keys(before), ...seen.keys()])) {
    const facts = factsOf(seen.get(key) ?? before[key]);
    if (facts === undefined) continue;
    const visible = seen.get(key) ?? (isHidden(before[key], seen) ? {} : undefined);
    const { record, tell } = troubleAfter(before[key], visible, now, PATIENCE_MS[facts.trouble]);
    if (record === undefined) continue;
    records[key] = { ...record, ...facts };
    if (tell !== undefined) marked.push(troubleNews(key, record, facts, tell));
  }
  return { records, marked };
}

/** While nothing can go out at all nobody can tell that a series is stuck: it is not over by that. */
const isHidden = (record: RememberedTrouble | undefined, seen: ReadonlyMap<string, unknown>): boolean =>
  record?.trouble === 'stuck' &&
  record.endedAt === undefined &&
  (seen.has('no-workers') || seen.has('mail-blocked'));

export const troubleKey = ({ trouble, series }: TroubleFacts): string =>
  series === undefined ? trouble : `${trouble}:${series}`;

function factsOf(from: TroubleFacts | undefined): TroubleFacts | undefined {
  if (from === undefined) return undefined;
  const { trouble, series, title, reason } = from;
  return {
    trouble,
    ...(series !== undefined && { series }),
    ...(title !== undefined && { title }),
    ...(reason !== undefined && { reason }),
  };
}

/** Which beginning or end of a trouble it is, by its time: told once. */
export function troubleNews(
  key: string,
  { since, seenAt }: TroubleRecord,
  facts: TroubleFacts,
  tell: 'started' | 'ended',
): MarkedNews & { readonly news: News } {
  const news: News =
    tell === 'started'
      ? { kind: 'trouble.started', ...facts, since }
      : { kind: 'trouble.ended', ...facts, since, until: seenAt };
  return { ...troubleMark(key, since, tell), news };
}

export const troubleMark = (key: string, since: Instant, tell: 'started' | 'ended'): Mark => ({
  mark: `trouble:${key}:${tell}`,
  value: String(since),
});
