import type { Redis } from 'ioredis';
import type { Instant } from '../domain/instant.ts';
import type { Limited, NamedLimit, RateBucket } from '../domain/sending-limits.ts';
import type { SeriesId } from '../domain/series.ts';
import { bucketKey, LIMITED, sharesKey } from './keys.ts';
import type { LedgerClock } from './ledger-clock.ts';
import { Script } from './script.ts';

/** So many mails against a bucket. */
export interface RateAsk {
  readonly bucket: RateBucket;
  readonly n: number;
}

/** How many of them may; the first of the others had better wait `waitMs`, each further one `stepMs` longer. */
export interface RateAnswer {
  readonly may: number;
  readonly waitMs: number;
  readonly stepMs: number;
  /** Which limit they wait for. */
  readonly by: string;
}

/**
 * How fast mail may leave, of all workers together. In no time T more than rate × (T + 1 s) + 2 mails are taken where a rate is of a second
 * or a minute, and in no hour or day (a sliding one) more than its most where it is of that. A worker that dies loses what it took.
 */
export interface RateStore {
  /** How many readers of a series had better be claimed now, out of what its share leaves. Promises nothing. */
  room(series: SeriesId, ask: RateAsk): Promise<RateAnswer>;
  /** That many fewer were; `hadSome` = not none. */
  giveBack(series: SeriesId, ask: RateAsk, hadSome: boolean): Promise<void>;
  /** The same for claimed mails of limited buckets; who is put off has a time of their own. Promises nothing. */
  screen(series: SeriesId, asks: readonly RateAsk[]): Promise<RateAnswer[]>;
  /** Takes leave for mails that are about to leave. A bucket that `isAll` comes first; its n are those no other counts. */
  take(series: SeriesId, asks: readonly RateAsk[]): Promise<RateAnswer[]>;
  /** The same for a letter, for which some is kept. */
  takeForLetter(asks: readonly RateAsk[]): Promise<RateAnswer[]>;
  /** Series whose mail is kept waiting by a limit just now. */
  limited(now: Instant): Promise<ReadonlyMap<SeriesId, Limited>>;
}

type What = 'room' | 'back' | 'screen' | 'take' | 'letter';

const ratesScript = new Script('rates', ['buckets', 'shares']);

export function openRateStore(redis: Redis, clock: LedgerClock): RateStore {
  const ask = async (
    what: What,
    series: string,
    asks: readonly RateAsk[],
    hadSome = false,
  ): Promise<RateAnswer[]> => {
    const keys = asks.flatMap(({ bucket: { name } }) => [bucketKey(name), sharesKey(name)]);
    const request = { what, series, hadSome, buckets: asks.map(bucketOf) };
    const reply = await ratesScript.run(redis, [LIMITED, ...keys], [clock.offsetMs, JSON.stringify(request)]);
    return answersOf(reply as (number | string)[]);
  };
  const askOne = async (what: What, series: string, one: RateAsk): Promise<RateAnswer> => {
    const [answer] = await ask(what, series, [one]);
    return answer ?? { may: 0, waitMs: 0, stepMs: 0, by: '' };
  };
  return {
    room: (series, one) => askOne('room', series, one),
    async giveBack(series, one, hadSome) {
      await ask('back', series, [one], hadSome);
    },
    screen: (series, asks) => ask('screen', series, asks),
    take: (series, asks) => ask('take', series, asks),
    takeForLetter: (asks) => ask('letter', '', asks),
    async limited(now) {
      const all = Object.entries(await redis.hgetall(LIMITED));
      return new Map(all.flatMap(([series, text]) => limitedOf(series as SeriesId, text, now)));
    },
  };
}

const bucketOf = ({ bucket: { isAll, limits }, n }: RateAsk) => ({ n, isAll, limits: limits.map(limitOf) });

const limitOf = (limit: NamedLimit) =>
  'most' in limit ? { most: limit.most, period: limit.periodMs, says: limit.says } : limit;

function answersOf(reply: readonly (number | string)[]): RateAnswer[] {
  const answers: RateAnswer[] = [];
  for (let i = 0; i < reply.length; i += 4) {
    const [may = 0, waitMs = 0, stepMs = 0] = reply.slice(i, i + 3).map(Number);
    answers.push({ may, waitMs, stepMs, by: String(reply[i + 3] ?? '') });
  }
  return answers;
}

function limitedOf(series: SeriesId, text: string, now: Instant): [SeriesId, Limited][] {
  const [lastsUntil, goesOnAt] = text.split(' ', 2).map(Number);
  const by = text.split(' ').slice(2).join(' ');
  if (lastsUntil === undefined || goesOnAt === undefined || lastsUntil < now) return [];
  return [[series, { by, goesOnAt, lastsUntil }]];
}
