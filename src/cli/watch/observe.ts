import { takeOverview, takePresent } from '../../actions/overview.ts';
import type { App } from '../../app.ts';
import { SECOND_MS } from '../../domain/instant.ts';
import type { Present, Sample, Totals } from '../../domain/overview.ts';
import { sumOf, totalsOf } from '../../domain/sample.ts';
import type { SeriesStatus } from '../../domain/series-status.ts';
import { settledWithin, waited } from './waits.ts';
import type { SeriesReply, Sight } from './sight.ts';
import { MOST_SECONDS, RateRing } from './rate-ring.ts';

export interface Watching {
  /** Only this series. */
  readonly name: string | undefined;
  /** The shortest time between two readings, ms. */
  readonly everyMs: number;
  /** Ends the watching. */
  readonly until: AbortSignal;
}

/** When nothing happens, or a reading takes so long that more of them would be a burden: the ledger is for those who send. */
const IDLE_MS = 5 * SECOND_MS;
const SHARE = 4;
/** Nothing happens any more after this, unless something is due soon. */
const QUIET_MS = 20 * SECOND_MS;
const SOON_MS = 10 * SECOND_MS;
/** A slow answer is no trouble; while the guard tells of one, somebody wants to see that time goes by. */
const PATIENCE_MS = 2 * SECOND_MS;
const GLANCE_MS = 500;
const AGAIN_MS = 250;
const REPLIES_EVERY_MS = 5 * SECOND_MS;

type Watched = Pick<App, 'store' | 'queues' | 'ledger'>;

/** Reads the ledger again and again, and tells what it has seen, until it is told to end. Redis may go and come back meanwhile. */
export class Observer {
  readonly #app: Watched;
  readonly #watching: Watching;
  readonly #ring = new RateRing();
  #sight: Sight | undefined;
  #readAt = 0;
  #movedAt = 0;
  #lostAt: number | undefined;
  #nap = new AbortController();
  #replies: { readonly of: string; readonly at: number; readonly list: readonly SeriesReply[] } | undefined;

  constructor(app: Watched, watching: Watching) {
    this.#app = app;
    this.#watching = watching;
    app.ledger.onChange((isFit) => {
      if (!isFit) this.#lostAt ??= performance.now();
      this.#nap.abort();
    });
  }

  /** A reading after the other; while Redis is away the last one, again and again. */
  async *sights(): AsyncGenerator<Sight> {
    const { until } = this.#watching;
    for (let isFirst = true; !until.aborted; isFirst = false) {
      const began = performance.now();
      const reading = this.#read(isFirst);
      while (!(await settledWithin(GLANCE_MS, reading, until))) {
        if (until.aborted) return;
        const sight = this.#away(began);
        if (sight !== undefined) yield sight;
      }
      yield await reading;
      this.#nap = new AbortController();
      const pauseMs = this.#pauseAfter(performance.now() - began);
      await waited(pauseMs, AbortSignal.any([until, this.#nap.signal]));
    }
  }

  async #read(isFirst: boolean): Promise<Sight> {
    for (;;) {
      try {
        const present = this.#chosen(await this.#take(isFirst));
        const totals = totalsIn(present.series);
        const replies = await this.#repliesOf(present.series, totals);
        // What has just come back may be another ledger: the guard looks first.
        if (this.#isOurs()) return this.#note(present, totals, replies);
      } catch (error) {
        if (!this.#app.ledger.suspect(error)) throw error;
      }
      await waited(AGAIN_MS, this.#watching.until);
    }
  }

  #isOurs(): boolean {
    const { trouble, isTrusted } = this.#app.ledger;
    return trouble === undefined && isTrusted;
  }

  /** The first time the past is read as well: the ring begins with it. */
  async #take(isFirst: boolean): Promise<Present> {
    if (!isFirst) return takePresent(this.#app);
    const { timeline, days: _, ...present } = await takeOverview(this.#app);
    for (const sample of timeline) this.#ring.add({ at: sample.at, accepted: this.#acceptedIn(sample) });
    return present;
  }

  #acceptedIn(sample: Sample): number {
    const { name } = this.#watching;
    return name === undefined
      ? sample.accepted
      : (Object.entries(sample.series).find(([id]) => id === name)?.[1].accepted ?? 0);
  }

  #chosen(present: Present): Present {
    const { name } = this.#watching;
    if (name === undefined) return present;
    return { ...present, series: present.series.filter(({ plan }) => plan.series === name) };
  }

  #note(present: Present, totals: Totals, replies: readonly SeriesReply[]): Sight {
    const before = this.#sight === undefined ? undefined : totalsIn(this.#sight.present.series);
    this.#readAt = performance.now();
    this.#lostAt = undefined;
    if (before === undefined || keyOf(before) !== keyOf(totals)) this.#movedAt = this.#readAt;
    this.#ring.add({ at: present.now, accepted: totals.accepted });
    this.#sight = { present, replies, perSecond: this.#ring.lastSeconds(MOST_SECONDS) };
    return this.#sight;
  }

  /** Asked only when there are more of them, and not every second. */
  async #repliesOf(series: readonly SeriesStatus[], totals: Totals): Promise<readonly SeriesReply[]> {
    const of = [totals.deferrals, totals.rejected, totals.doubts, series.length].join(' ');
    const known = this.#replies;
    if (known !== undefined && (known.of === of || performance.now() - known.at < REPLIES_EVERY_MS))
      return known.list;
    const lists = await Promise.all(
      series.map(async ({ plan }) => {
        const replies = await this.#app.store.replies.of(plan.series);
        return replies.map((reply) => ({ ...reply, series: plan.series }));
      }),
    );
    const list = lists.flat().toSorted((a, b) => b.count - a.count);
    this.#replies = { of, at: performance.now(), list };
    return list;
  }

  /** The last reading, with since when it is old; undefined = it is not, or there is none. */
  #away(began: number): Sight | undefined {
    const { trouble } = this.#app.ledger;
    const isLate = performance.now() - began > PATIENCE_MS;
    if (this.#sight === undefined || (trouble === undefined && !isLate)) return undefined;
    const { present } = this.#sight;
    const at = (tick: number) => Math.round(present.now + tick - this.#readAt);
    const [since, until] = [at(this.#lostAt ?? began), at(performance.now())];
    this.#sight = { ...this.#sight, away: { since, until, why: trouble ?? 'Redis does not answer.' } };
    return this.#sight;
  }

  #pauseAfter(tookMs: number): number {
    const { everyMs } = this.#watching;
    const isQuiet = performance.now() - this.#movedAt > QUIET_MS && !this.#isDueSoon();
    return Math.max(everyMs, isQuiet ? IDLE_MS : Math.min(IDLE_MS, SHARE * tookMs));
  }

  #isDueSoon(): boolean {
    const { series, now } = this.#sight?.present ?? { series: [], now: 0 };
    return series.some(
      ({ plan, nextDueAt = Infinity }) => plan.state === 'running' && nextDueAt < now + SOON_MS,
    );
  }
}

const totalsIn = (series: readonly SeriesStatus[]): Totals => sumOf(series.map(totalsOf));

const keyOf = ({ accepted, deferrals, rejected, doubts }: Totals): string =>
  [accepted, deferrals, rejected, doubts].join(' ');
