import { wallMinute } from './naive-calendar.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY_MINUTES = 24 * 60;

/**
 * A clock on the wall of a zone, watched for some days: what it showed, quarter by quarter, read off from `Intl` alone. Clocks change
 * on a quarter of an hour (of UTC) everywhere since 1972.
 */
export class WatchedClock {
  readonly #from: number;
  /** What it showed at the beginning of each quarter, in minutes since 1970 if it stood in UTC. */
  readonly #shown: readonly number[];

  constructor(timezone: string, from: number, to: number) {
    this.#from = Math.floor(from / QUARTER) * QUARTER;
    const quarters = Math.ceil((to - this.#from) / QUARTER);
    this.#shown = Array.from({ length: quarters }, (_, index) =>
      wallMinute(this.#from + index * QUARTER, timezone),
    );
  }

  /** The minute of the day it shows. */
  minuteAt(instant: number): number {
    const index = Math.floor((instant - this.#from) / QUARTER);
    const shown = this.#shown[index];
    if (shown === undefined) throw new RangeError('The clock was not watched then.');
    return (shown + Math.floor(((instant - this.#from) % QUARTER) / MINUTE)) % DAY_MINUTES;
  }

  /**
   * When it is this time of the day, once for every whole day it was watched, in order. A time it does not show comes as long after
   * the last minute before the jump as it would have; of a time it shows twice only the first counts.
   */
  momentsOf(minuteOfDay: number, isWanted: (weekday: number) => boolean = () => true): number[] {
    const moments: number[] = [];
    const lastDay = Math.floor((this.#shown.at(-1) ?? 0) / DAY_MINUTES);
    for (let day = Math.ceil((this.#shown[0] ?? 0) / DAY_MINUTES); day < lastDay; day++) {
      const wanted = day * DAY_MINUTES + minuteOfDay;
      const weekday = new Date(wanted * MINUTE).getUTCDay() || 7;
      if (isWanted(weekday)) moments.push(this.#firstShowing(wanted));
    }
    return moments;
  }

  /** The first minute from `instant` on at which it shows a time of the day as wanted; `instant` itself if it does already. */
  firstTime(instant: number, isWanted: (minuteOfDay: number) => boolean): number {
    let now = instant;
    while (!isWanted(this.minuteAt(now))) now = (Math.floor(now / MINUTE) + 1) * MINUTE;
    return now;
  }

  #firstShowing(wanted: number): number {
    const shown = this.#shown.findIndex((from) => from <= wanted && wanted < from + 15);
    // Never shown: the quarter before the jump goes on, as it were.
    const index = shown >= 0 ? shown : this.#shown.findIndex((from) => from > wanted) - 1;
    return this.#from + index * QUARTER + (wanted - (this.#shown[index] ?? NaN)) * MINUTE;
  }
}
