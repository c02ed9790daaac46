import type { Delivery } from '../domain/delivery.ts';
import { domainOf, type EmailAddress } from '../domain/email-address.ts';
import { SECOND_MS } from '../domain/instant.ts';
import {
  domainBucket,
  transportBucket,
  type RateBucket,
  type SendingLimits,
} from '../domain/sending-limits.ts';
import type { SeriesId } from '../domain/series.ts';
import type { RateAsk, RateAnswer, RateStore } from '../store/rates.ts';
import { thisMoment } from './held-claims.ts';

/** Leave that is not used by then is given up: it must not be there in the next period as well. */
const LEAVE_MS = SECOND_MS;
/** For a mail whose leave has run out before it left. */
const SOON_MS = 100;
const REMEMBERED_DOMAINS = 10_000;

/** For so many ms, because of that limit. */
export interface RateWait {
  readonly waitMs: number;
  readonly reason: string;
}

/** Whether mails may leave. */
export interface Leave {
  /** Why a mail had better wait, and how long; undefined = it may leave now. */
  waitOf(delivery: Delivery): RateWait | undefined;
}

/** Mails that may begin, and those that are better given back. */
export interface Screened {
  readonly soon: readonly Delivery[];
  readonly later: ReadonlyMap<Delivery, RateWait>;
}

const TOO_LATE: RateWait = { waitMs: SOON_MS, reason: '' };
const AT_ONCE: Leave = { waitOf: () => undefined };
const NOBODY: ReadonlyMap<Delivery, RateWait> = new Map();

/** Asks for a process how fast its mail may leave; one question for many mails, and none where no limit is about them. */
export class SendingRates {
  readonly #limits: SendingLimits;
  readonly #all: RateBucket | undefined;
  readonly #store: RateStore;
  readonly #buckets = new Map<string, RateBucket | undefined>();
  readonly #full = new Set<SeriesId>();

  constructor(limits: SendingLimits, store: RateStore) {
    this.#limits = limits;
    this.#all = transportBucket(limits);
    this.#store = store;
  }

  /** Whether more of a series was due than there was room for, when it was last asked. */
  isTight(series: SeriesId): boolean {
    return this.#full.has(series);
  }

  /** How many readers to claim, `most` at most. */
  async room(series: SeriesId, most: number): Promise<number> {
    if (this.#all === undefined) return most;
    const { may } = await this.#store.room(series, { bucket: this.#all, n: most });
    if (may < most) this.#full.add(series);
    else this.#full.delete(series);
    return may;
  }

  /** Others may have what was not claimed of the room; `hadSome` = some was. */
  async giveBack(series: SeriesId, n: number, hadSome: boolean): Promise<void> {
    if (this.#all === undefined || n <= 0) return;
    this.#full.delete(series);
    await this.#store.giveBack(series, { bucket: this.#all, n }, hadSome);
  }

  /** Which of the claimed may begin as far as their domains go. */
  async screen(series: SeriesId, deliveries: readonly Delivery[]): Promise<Screened> {
    const groups = this.#grouped(deliveries);
    const limited = [...groups].filter(([bucket]) => bucket !== undefined);
    if (limited.length === 0) return { soon: deliveries, later: NOBODY };
    const answers = await this.#store.screen(series, asksOf(limited));
    const later = waitsOf(limited, answers);
    await this.giveBack(series, later.size, true);
    return { soon: deliveries.filter((delivery) => !later.has(delivery)), later };
  }

  /** Whether mail to the address needs leave. */
  isLimited(address: EmailAddress): boolean {
    return this.#all !== undefined || this.#bucketOf(address) !== undefined;
  }

  /** Takes leave for mails that are about to leave; it is good for a second. */
  async take(series: SeriesId, leaving: readonly Delivery[]): Promise<Leave> {
    const groups = this.#grouped(leaving);
    const free = groups.get(undefined) ?? [];
    groups.delete(undefined);
    const counted: Group[] = [...groups];
    if (this.#all !== undefined) counted.unshift([this.#all, free]);
    if (counted.length === 0) return AT_ONCE;
    const since = thisMoment();
    const waits = waitsOf(counted, await this.#store.take(series, asksOf(counted)));
    const isFree = new Set(this.#all === undefined ? free : []);
    return {
      waitOf(delivery) {
        if (isFree.has(delivery)) return undefined;
        const now = thisMoment();
        const isOver = now.monotonic - since.monotonic > LEAVE_MS || now.wall - since.wall > LEAVE_MS;
        return waits.get(delivery) ?? (isOver ? TOO_LATE : undefined);
      },
    };
  }

  /** For how many ms a letter has to wait; 0 = it is counted and may leave. */
  async takeForLetter(address: EmailAddress): Promise<number> {
    const own = this.#bucketOf(address);
    const asks: RateAsk[] = own === undefined ? [] : [{ bucket: own, n: 1 }];
    if (this.#all !== undefined) asks.unshift({ bucket: this.#all, n: own === undefined ? 1 : 0 });
    if (asks.length === 0) return 0;
    const answers = await this.#store.takeForLetter(asks);
    if (answers.some(({ may }) => may > 0)) return 0;
    return Math.max(SOON_MS, ...answers.map(({ waitMs }) => waitMs));
  }

  #grouped(deliveries: readonly Delivery[]): Map<RateBucket | undefined, Delivery[]> {
    const groups = new Map<RateBucket | undefined, Delivery[]>();
    for (const delivery of deliveries) {
      const bucket = this.#bucketOf(delivery.address);
      const group = groups.get(bucket);
      if (group === undefined) groups.set(bucket, [delivery]);
      else group.push(delivery);
    }
    return groups;
  }

  /** Domains of one bucket get the same object. */
  #bucketOf(address: EmailAddress): RateBucket | undefined {
    const domain = domainOf(address);
    if (this.#buckets.has(domain)) return this.#buckets.get(domain);
    const found = domainBucket(this.#limits, domain);
    const same = found === undefined ? undefined : this.#buckets.get(`=${found.name}`);
    const bucket = same ?? found;
    if (this.#buckets.size > REMEMBERED_DOMAINS) this.#buckets.clear();
    this.#buckets.set(domain, bucket);
    if (bucket !== undefined) this.#buckets.set(`=${bucket.name}`, bucket);
    return bucket;
  }
}

type Group = [bucket: RateBucket | undefined, deliveries: readonly Delivery[]];

const asksOf = (groups: readonly Group[]): RateAsk[] =>
  groups.flatMap(([bucket, deliveries]) => (bucket === undefined ? [] : [{ bucket, n: deliveries.length }]));

/** Whoever comes after the `may` first of a group waits. */
function waitsOf(groups: readonly Group[], answers: readonly RateAnswer[]): Map<Delivery, RateWait> {
  const waits = new Map<Delivery, RateWait>();
  groups.forEach(([, deliveries], index) => {
    const { may = 0, waitMs = SOON_MS, stepMs = 0, by = '' } = answers[index] ?? {};
    deliveries.slice(may).forEach((delivery, place) => {
      const ms = Math.ceil(Math.max(SOON_MS, waitMs + place * stepMs));
      waits.set(delivery, { waitMs: ms, reason: `kept to ${by}` });
    });
  });
  return waits;
}
