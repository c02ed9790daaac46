import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lane } from './lane.ts';
import { addressOf, nameOf } from './leftovers.ts';
import type { Wished } from './operations.ts';
import type { WritingDesk } from './writing-desk.ts';

const OPERATIONS = {
  unsubscribe: 22,
  erase: 14,
  comeBack: 20,
  forgive: 8,
  joinAt: 10,
  import: 8,
  wish: 18,
} as const;
type Name = keyof typeof OPERATIONS;

const OLD_CONSENT = '2020-01-01';
const ROWS = 12;

/** What readers do while a series goes out, and who is in by that. */
export class ReaderLane {
  readonly #lane: Lane;
  readonly #desk: WritingDesk;
  readonly #folder: string;
  readonly #pauseMs: readonly [number, number];
  readonly #in = new Set<number>();
  readonly #out = new Set<number>();
  readonly #erased = new Set<number>();
  readonly #wishing = new Map<number, Wished['wish']>();
  /** Whoever chose a pace once: leaving and coming back takes it from them, and not the gap it began. */
  readonly #slow = new Set<number>();
  #known: number;
  #files = 0;

  constructor(
    lane: Lane,
    desk: WritingDesk,
    { folder, readers, pauseMs }: { folder: string; readers: number; pauseMs: readonly [number, number] },
  ) {
    this.#lane = lane;
    this.#desk = desk;
    this.#folder = folder;
    this.#pauseMs = pauseMs;
    this.#known = readers;
    for (let n = 0; n < readers; n++) this.#in.add(n);
  }

  async run(operations: number): Promise<void> {
    while (this.#lane.done < operations) {
      await this.#do(this.#draw());
      await sleep(this.#lane.random.between(...this.#pauseMs));
    }
  }

  /** Ends all breaks and paces, so that the series can come to its end. */
  async settle(): Promise<void> {
    for (const [n, wish] of this.#wishing) await this.#wish(n, wish === 'pause' ? 'resume' : 'own-pace');
    for (const n of this.#slow)
      for (const wish of ['pace', 'own-pace'] as const) if (this.#in.has(n)) await this.#wish(n, wish);
  }

  #draw(): Name {
    const possible: Partial<Record<Name, boolean>> = {
      comeBack: this.#out.size > 0,
      forgive: this.#erased.size > 0,
    };
    const names = (Object.keys(OPERATIONS) as Name[]).filter((name) => possible[name] !== false);
    return this.#lane.random.pick(names.flatMap((name) => Array<Name>(OPERATIONS[name]).fill(name)));
  }

  async #do(name: Name): Promise<void> {
    const { random } = this.#lane;
    if (name === 'unsubscribe') await this.#unsubscribe(this.#any(this.#in));
    if (name === 'erase') await this.#erase(this.#any(random.next() < 0.8 ? this.#in : this.#outOrIn()));
    if (name === 'comeBack') await this.#join(this.#any(this.#out), random.next() < 0.3);
    if (name === 'forgive') await this.#join(this.#any(this.#erased), false);
    if (name === 'joinAt') await this.#join(this.#known++, true);
    if (name === 'import') await this.#import();
    if (name === 'wish') await this.#wishAny();
  }

  #any(of: ReadonlySet<number>): number {
    return this.#lane.random.pick([...of]);
  }

  #outOrIn(): ReadonlySet<number> {
    return this.#out.size > 0 ? this.#out : this.#in;
  }

  async #unsubscribe(n: number): Promise<void> {
    const { operator, note, partwork, random, series } = this.#lane;
    const reader = addressOf(n);
    const answer =
      random.next() < 0.15
        ? await partwork('subscribers', 'remove', reader, '--series', series)
        : await operator.ask<'leave'>({ do: 'leave', reader });
    this.#move(n, this.#out);
    note({ kind: 'left', how: 'unsubscribed', reader, began: answer.began, acked: answer.acked });
  }

  async #erase(n: number): Promise<void> {
    const reader = addressOf(n);
    const { began, acked } = await this.#lane.operator.ask<'erase'>({ do: 'erase', reader });
    this.#move(n, this.#erased);
    this.#lane.note({ kind: 'left', how: 'erased', reader, began, acked });
  }

  async #join(n: number, isPlaced: boolean): Promise<void> {
    const { operator, note, random } = this.#lane;
    const reader = addressOf(n);
    const { began, acked, result, position } = await operator.ask<'join'>({
      do: 'join',
      reader,
      name: nameOf(n),
      isForgiven: this.#erased.has(n),
      ...(isPlaced && { position: random.pick(this.#desk.live) }),
    });
    // Who was refused for good stays out.
    if (result === 'added' || result === 'rejoined') this.#move(n, this.#in);
    else this.#out.delete(n);
    note({ kind: 'joined', reader, began, acked, result, ...(position !== undefined && { position }) });
  }

  /** A file of new readers, of those who are in, and of those who have left or were erased; now and then twice. */
  async #import(): Promise<void> {
    const { random } = this.#lane;
    const fresh = Array.from({ length: random.between(1, 5) }, () => this.#known++);
    const some = [this.#in, this.#out, this.#erased].flatMap((group) =>
      lastOf(random.between(0, ROWS), group),
    );
    const rows = [...fresh, ...some].map((n) => `${addressOf(n)},${nameOf(n)} again,${OLD_CONSENT}`);
    const file = join(this.#folder, `import-${++this.#files}.csv`);
    writeFileSync(file, ['email,name,consented_at', ...rows].join('\n'));
    const readers = [...fresh, ...some].map(addressOf);
    for (const isAgain of random.next() < 0.6 ? [false, true] : [false]) {
      const answer = await this.#lane.operator.ask<'import'>({ do: 'import', file });
      this.#lane.note({ kind: 'imported', readers, isAgain, ...answer });
    }
    for (const n of fresh) this.#in.add(n);
  }

  /** A break or a pace begins, or one that was begun ends. */
  async #wishAny(): Promise<void> {
    const { random } = this.#lane;
    const [n, wish] = this.#wishing.size > 0 ? random.pick([...this.#wishing]) : [undefined, undefined];
    if (n !== undefined && random.next() < 0.4) await this.#wish(n, wish === 'pause' ? 'resume' : 'own-pace');
    else {
      const idle = [...this.#in].filter((one) => !this.#wishing.has(one));
      await this.#wish(random.pick(idle), random.next() < 0.5 ? 'pause' : 'pace');
    }
  }

  async #wish(n: number, wish: Wished['wish']): Promise<void> {
    const { operator, note } = this.#lane;
    const reader = addressOf(n);
    const { began, acked, answer } = await operator.ask<'wish'>({ do: 'wish', reader, wish });
    if (wish === 'pace') this.#slow.add(n);
    if (wish === 'pause' || wish === 'pace') this.#wishing.set(n, wish);
    else this.#wishing.delete(n);
    note({ kind: 'wished', reader, wish, began, acked, answer });
  }

  #move(n: number, to: Set<number>): void {
    for (const group of [this.#in, this.#out, this.#erased]) group.delete(n);
    this.#wishing.delete(n);
    to.add(n);
  }
}

/** Those who came to it last. */
const lastOf = (most: number, from: ReadonlySet<number>): number[] =>
  [...from].slice(Math.max(0, from.size - most));
