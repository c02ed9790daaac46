import type { Redis } from 'ioredis';
import type { Log } from '../domain/log.ts';
import { doneWithin } from '../domain/within.ts';
import type { Installation } from './installation.ts';
import { isLedgerTrouble } from './ledger-trouble.ts';
import { openTroubleTeller, type TroubleTeller } from './tell-trouble.ts';
import { AWAY, LOADING, NO_ANSWER, waitingFor } from './waiting-for.ts';
import { isLoading } from './redis-facts.ts';

/**
 * Watches over what is behind the connection: whether it is our ledger, and whether it works. Nobody else tells of Redis' troubles, and
 * everybody who sends asks here.
 */
export interface LedgerGuard {
  /** Why nothing is sent now, and what to do; undefined = work goes on. */
  readonly trouble: string | undefined;
  /** Whether this connection, unbroken since, has shown that it leads to our ledger. */
  readonly isTrusted: boolean;
  /** Whether work may begin; looks, unless somebody has looked a moment ago. */
  isFit(): Promise<boolean>;
  /**
   * Asks the ledger what may be asked twice, until the answer comes from ours: an emptied Redis or an older copy that took its place
   * meanwhile has no say. Waits as long as that takes.
   */
  surely<T>(ask: () => Promise<T>): Promise<T>;
  /** Asks once, and tells whether the answer came from our ledger. */
  hear<T>(ask: () => Promise<T>): Promise<Heard<T>>;
  /** Takes note of an error that somebody has met. true = it is Redis' trouble, is told here, and work waits until it is over. */
  suspect(error: unknown): boolean;
  /** Whoever works on the ledger's behalf stops at false, and goes on at true. */
  onChange(listener: (isFit: boolean) => void): void;
  /** Looks every few seconds from now on, also while nobody asks. */
  watch(): void;
  close(): void;
}

export interface Heard<T> {
  readonly answer: T;
  /** The connection led to our ledger before and after. */
  readonly isOurs: boolean;
}

export interface GuardedLedger {
  readonly redis: Redis;
  readonly installation: Installation;
  /** What about this Redis forbids to work with it, apart from what it holds; undefined = nothing. */
  readonly findUnfit: () => Promise<string | undefined>;
  readonly log: Log;
}

const WATCH_MS = 2_000;
const PROBE_MS = 1_000;
/** Who has looked this lately need not look again to begin something, or to believe an answer. */
const FRESH_MS = 1_000;
const BELIEVED_MS = 250;
const PATIENCE_MS = 2_000;

const NOT_OURS = 'This Redis does not hold the ledger that this machine has worked with.';

/** The ledger has just been found to be ours. */
export function openLedgerGuard(ledger: GuardedLedger): LedgerGuard {
  return new Guard(ledger);
}

class Guard implements LedgerGuard {
  readonly #ledger: GuardedLedger;
  readonly #teller: TroubleTeller;
  readonly #listeners: ((isFit: boolean) => void)[] = [];
  #trouble: string | undefined;
  /** Another one after every break of the connection; undefined = what is behind it is not known, or not ours. */
  #trust: symbol | undefined;
  #waiters: (() => void)[] = [];
  #looking: Promise<void> | undefined;
  #lookedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #isWatching = false;
  #isClosed = false;

  constructor(ledger: GuardedLedger) {
    this.#ledger = ledger;
    this.#teller = openTroubleTeller(ledger.log);
    if (ledger.redis.status === 'ready') this.#trust = Symbol('trust');
    ledger.redis.on('close', this.#onClose).on('error', this.#onError).on('ready', this.#onReady);
  }

  get trouble(): string | undefined {
    return this.#trouble;
  }

  get isTrusted(): boolean {
    return this.#trust !== undefined;
  }

  async isFit(): Promise<boolean> {
    if (this.#trouble === undefined && performance.now() - this.#lookedAt > FRESH_MS) await this.#look();
    return this.#trouble === undefined;
  }

  async surely<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      const { answer, isOurs } = await this.hear(ask);
      if (isOurs) return answer;
    }
  }

  async hear<T>(ask: () => Promise<T>): Promise<Heard<T>> {
    const trust = await this.#trusted();
    const answer = await ask();
    if (performance.now() - this.#lookedAt > BELIEVED_MS) await this.#look();
    return { answer, isOurs: trust === this.#trust };
  }

  suspect(error: unknown): boolean {
    if (!isLedgerTrouble(error)) return false;
    this.#onError(error as Error);
    return true;
  }

  onChange(listener: (isFit: boolean) => void): void {
    this.#listeners.push(listener);
  }

  watch(): void {
    this.#isWatching = true;
    this.#lookAgain();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const { redis } = this.#ledger;
    redis.off('close', this.#onClose).off('ready', this.#onReady);
  }

  readonly #onClose = (): void => {
    this.#trust = undefined;
    this.#wait(AWAY);
  };

  readonly #onError = (error: Error): void => {
    // Until it has said what it holds, a server that changed its part may hold anything.
    if (/(?:^|: )(?:READONLY|LOADING|UNBLOCKED)/.test(error.message)) this.#trust = undefined;
    // What a look has found says more than the errors that follow from it.
    this.#wait(this.#trouble ?? waitingFor(error), error);
  };

  readonly #onReady = (): void => void this.#look();

  #trusted(): Promise<symbol> {
    if (this.#trust !== undefined) return Promise.resolve(this.#trust);
    return new Promise<void>((resolve) => this.#waiters.push(resolve)).then(() => this.#trusted());
  }

  /** One at a time, however many ask: while Redis hangs, looks must not pile up. */
  async #look(): Promise<void> {
    this.#looking ??= this.#examine().finally(() => (this.#looking = undefined));
    const isLate = !(await doneWithin(PATIENCE_MS, this.#looking));
    if (isLate && this.#ledger.redis.status === 'ready') this.#wait(NO_ANSWER);
    this.#lookAgain();
  }

  #lookAgain(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed || (this.#trouble === undefined && !this.#isWatching)) return;
    const pauseMs = this.#trouble === undefined ? WATCH_MS : PROBE_MS;
    this.#timer = setTimeout(() => void this.#look(), pauseMs).unref();
  }

  async #examine(): Promise<void> {
    try {
      const trouble = await this.#findTrouble();
      this.#lookedAt = performance.now();
      if (trouble === undefined) this.#goOn();
      else this.#wait(trouble);
    } catch (error) {
      if (this.suspect(error)) return;
      this.#wait(`Looking at the ledger failed: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }

  /** What it is first, then how it is: what is not ours is not written to. */
  async #findTrouble(): Promise<string | undefined> {
    const { redis, installation, findUnfit } = this.#ledger;
    for (;;) {
      if (redis.status !== 'ready') return (await isLoading(redis)) ? LOADING : (this.#trouble ?? AWAY);
      const connection = redis.stream;
      const refusal = await installation.verify();
      if (connection !== redis.stream) continue;
      if (refusal === undefined) this.#believe();
      else this.#trust = undefined;
      if (refusal !== undefined) return `${refusal.message} ${refusal.fix}`;
      return (await findUnfit()) ?? ((await installation.noteSeen()) ? undefined : NOT_OURS);
    }
  }

  #believe(): void {
    if (this.#trust !== undefined) return;
    this.#trust = Symbol('trust');
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }

  #wait(trouble: string, error?: Error): void {
    if (this.#isClosed) return;
    const isNew = this.#trouble === undefined;
    this.#trouble = trouble;
    this.#teller.wait(trouble, error);
    if (!isNew) return;
    this.#lookAgain();
    for (const listener of this.#listeners) listener(false);
  }

  #goOn(): void {
    if (this.#isClosed || this.#trouble === undefined) return;
    this.#trouble = undefined;
    this.#teller.goOn();
    for (const listener of this.#listeners) listener(true);
  }
}
