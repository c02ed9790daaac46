import { SECOND_MS, type Instant } from '../../domain/instant.ts';
import type { Totals } from '../../domain/overview.ts';

/** Ten minutes: more than the widest screen shows. */
export const MOST_SECONDS = 600;

interface Reading {
  readonly at: Instant;
  readonly accepted: number;
}

/** How many mails were accepted in each of the last seconds, from totals that are read every now and then. */
export class RateRing {
  #last: Reading | undefined;
  #perSecond: number[] = [];
  #owedMs = 0;

  /** Takes a reading; what came since the last one is spread evenly over the seconds between. */
  add({ at, accepted }: { at: Instant } & Pick<Totals, 'accepted'>): void {
    const last = this.#last;
    this.#last = { at, accepted };
    if (last === undefined) return;
    const passedMs = at - last.at;
    // A clock that was set, a machine that slept: what was before says nothing about now.
    if (passedMs < 0 || passedMs > MOST_SECONDS * SECOND_MS) {
      [this.#perSecond, this.#owedMs] = [[], 0];
      return;
    }
    this.#spread(Math.max(0, accepted - last.accepted), passedMs);
  }

  /** The last `seconds`, oldest first; fewer when nobody has looked for that long. */
  lastSeconds(seconds: number): number[] {
    return this.#perSecond.slice(-seconds);
  }

  #spread(count: number, passedMs: number): void {
    this.#owedMs += passedMs;
    const slots = Math.floor(this.#owedMs / SECOND_MS);
    this.#owedMs -= slots * SECOND_MS;
    if (slots === 0) this.#addToNewest(count);
    else for (let slot = 0; slot < slots; slot++) this.#perSecond.push(count / slots);
    this.#perSecond = this.#perSecond.slice(-MOST_SECONDS);
  }

  #addToNewest(count: number): void {
    const newest = this.#perSecond.pop() ?? 0;
    this.#perSecond.push(newest + count);
  }
}
