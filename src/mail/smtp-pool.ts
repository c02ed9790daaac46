import type { SmtpResult } from '../domain/smtp-reply.ts';
import type { ConnectBreaker } from './connect-breaker.ts';
import { OfferedMail, type Clearance, type MailDepot, type OutgoingMail, type Sent } from './offered-mail.ts';
import { Slab } from './slab.ts';
import { SmtpLane, type LaneOptions } from './smtp-lane.ts';
import { Vacancies, type Vacancy } from './vacancies.ts';

const CLOSED = {
  kind: 'lost',
  stage: 'connect',
  reason: 'the transport was closed',
} as const satisfies SmtpResult;

/**
 * The mails that wait for a connection, and the connections. No mail belongs to a connection before it is written to it: a server
 * that lets nobody in, or thinks for long, holds up only what it has. A mail is cleared when a connection is about to be ready for
 * it, and put behind another one only where no connection is free or on its way.
 */
export class SmtpPool {
  readonly #lanes: readonly SmtpLane[];
  readonly #breaker: ConnectBreaker;
  readonly #slabs: Slab[] = [];
  readonly #waiting: OfferedMail[] = [];
  readonly #ready: OfferedMail[] = [];
  /** The one used last is used next: with little to send, the others may rest. */
  #last: SmtpLane | undefined;
  #clearing = 0;
  #isPumping = false;
  #isClosed = false;
  #nextTry: NodeJS.Timeout | undefined;

  readonly #vacancies = new Vacancies(() => this.#pumpSoon());

  readonly #depot: MailDepot = {
    takeSlab: () => this.#slabs.pop() ?? new Slab(),
    giveBack: (slab) => void this.#slabs.push(slab),
    tryAgain: (mail) => void this.#ready.unshift(mail),
  };

  constructor(lanes: number, options: Omit<LaneOptions, 'changed' | 'failed'>) {
    this.#breaker = options.breaker;
    const changed = (): void => this.#pump();
    const failed = (failure: SmtpResult): void => this.#giveUp(failure);
    this.#lanes = Array.from({ length: lanes }, () => new SmtpLane({ ...options, changed, failed }));
  }

  get isConnected(): boolean {
    return this.#lanes.some((lane) => lane.isConnected);
  }

  offer(mail: OutgoingMail, clearance: Clearance): Promise<Sent> {
    if (this.#isClosed) return Promise.resolve(CLOSED);
    const offered = new OfferedMail(mail, clearance, this.#depot);
    this.#waiting.push(offered);
    this.#pumpSoon();
    return offered.sent;
  }

  /** Waits until half of what the quick connections would have ready is missing; not where there are none. */
  vacancy(): Promise<Vacancy> {
    const vacancy = this.#vacancies.ask();
    this.#pumpSoon();
    return vacancy;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#nextTry);
    this.#endAll(CLOSED);
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  get #demand(): number {
    return this.#waiting.length + this.#clearing + this.#ready.length;
  }

  /** Mails come in bunches, and one look is enough for them. */
  #pumpSoon(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    queueMicrotask(() => {
      this.#isPumping = false;
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#isClosed) this.#endAll(CLOSED);
    const now = performance.now();
    if (this.#demand === 0) return this.#giveRoom(now);
    const connecting = this.#connect();
    this.#handOut(connecting, now);
    this.#clearAhead(connecting, now);
    this.#giveRoom(now);
    if (this.#demand > 0) this.#waitOrGiveUp();
  }

  /** Opens what is needed and allowed; returns how many connections are on their way. */
  #connect(): number {
    let free = 0;
    let connecting = 0;
    for (const lane of this.#lanes) {
      if (lane.state === 'connecting') connecting += 1;
      else if (isFree(lane)) free += 1;
    }
    for (const lane of this.#lanes) {
      if (this.#demand <= free + connecting || !this.#breaker.mayTry) break;
      if (lane.state !== 'closed') continue;
      void lane.open();
      connecting += 1;
    }
    return connecting;
  }

  #handOut(connecting: number, now: number): void {
    while (this.#ready.length > 0) {
      const lane = this.#freeLane() ?? (this.#demand > connecting ? this.#leastLoaded(now) : undefined);
      const mail = lane === undefined ? undefined : this.#ready.shift();
      if (mail === undefined) return;
      if (mail.isStaleAt(now)) void this.#clear(mail);
      else {
        this.#last = lane;
        lane?.take(mail);
      }
    }
  }

  #freeLane(): SmtpLane | undefined {
    if (this.#last !== undefined && isFree(this.#last)) return this.#last;
    return this.#lanes.find(isFree);
  }

  #leastLoaded(now: number): SmtpLane | undefined {
    let least: SmtpLane | undefined;
    for (const lane of this.#lanes) {
      if (!lane.hasRoom || lane.isSlowAt(now)) continue;
      if (least === undefined || lane.load < least.load) least = lane;
    }
    return least;
  }

  #clearAhead(connecting: number, now: number): void {
    if (this.#waiting.length === 0) return;
    let free = 0;
    let appetite = 0;
    for (const lane of this.#lanes) {
      if (isFree(lane)) free += 1;
      appetite += lane.appetiteAt(now);
    }
    const wanted = Math.min(appetite, Math.max(free, this.#demand - connecting));
    // In bunches: whoever is asked answers for many at the price of one.
    if (this.#clearing + this.#ready.length > wanted / 2) return;
    while (this.#clearing + this.#ready.length < wanted) {
      const mail = this.#waiting.shift();
      if (mail === undefined) return;
      void this.#clear(mail);
    }
  }

  #giveRoom(now: number): void {
    if (!this.#vacancies.isWanted) return;
    const appetite = this.#lanes.reduce((sum, lane) => sum + (lane.isQuick ? lane.appetiteAt(now) : 0), 0);
    const many = appetite - this.#demand;
    if (appetite === 0) this.#vacancies.give(0);
    else if (many >= appetite / 2) this.#vacancies.give(many);
  }

  async #clear(mail: OfferedMail): Promise<void> {
    this.#clearing += 1;
    const isReady = await mail.clear();
    this.#clearing -= 1;
    if (isReady) this.#ready.push(mail);
    this.#pumpSoon();
  }

  /** Servers allow only so many connections: one that cannot be had is no reason to give mails back while there are others. */
  #giveUp(failure: SmtpResult): void {
    if (this.#lanes.every((lane) => lane.state === 'closed')) this.#endAll(failure);
  }

  #waitOrGiveUp(): void {
    const { lastFailure, mayTry, pausedForMs } = this.#breaker;
    if (!mayTry && lastFailure !== undefined) this.#giveUp(lastFailure);
    // What is connected may be busy for minutes.
    if (this.#demand > 0 && pausedForMs > 0)
      this.#nextTry ??= setTimeout(() => this.#tryNext(), pausedForMs + 1);
  }

  #tryNext(): void {
    this.#nextTry = undefined;
    this.#pump();
  }

  #endAll(result: SmtpResult): void {
    for (const mail of [...this.#ready.splice(0), ...this.#waiting.splice(0)]) mail.settle(result);
  }
}

/** A mail on it would have to wait for no other. */
const isFree = (lane: SmtpLane): boolean => lane.load === 0 && lane.hasRoom;
