import type { SmtpResult } from '../domain/smtp-reply.ts';
import { ConnectBreaker } from './connect-breaker.ts';
import { assertEnvelope } from './smtp-envelope.ts';
import { SmtpLane, type Clearance, type OutgoingMail, type Sent } from './smtp-lane.ts';
import { SmtpSession } from './smtp-session.ts';
import type { SmtpSettings } from './smtp-settings.ts';

/** A pool of connections to one server. */
export interface SmtpTransport {
  /** Mails that can be under way at once. */
  readonly connections: number;
  /** ms in which nothing will be tried because the server cannot be reached; claim no work meanwhile. 0 = all is well. */
  readonly pausedForMs: number;
  /**
   * Hands one mail to the server: waits for a free connection, then for the answer. Never rejects for anything a server
   * or a network can do. Throws when an address is not one we could have parsed, for that is a bug and might mail a stranger.
   */
  send(mail: OutgoingMail): Promise<SmtpResult>;
  /** The same, for a mail that may have to stay. What `clearance` throws is thrown on. */
  offer(mail: OutgoingMail, clearance: Clearance): Promise<Sent>;
  /** Connects and logs in on a connection of its own, sends nothing: why that failed, or undefined when it did not. */
  probe(): Promise<SmtpResult | undefined>;
  /** Takes no more mail, answers the waiting ones as not sent, and waits for those under way. */
  close(): Promise<void>;
}

type Turn = (lane: SmtpLane | undefined) => void;

const CLOSED = {
  kind: 'lost',
  stage: 'connect',
  reason: 'the transport was closed',
} as const satisfies SmtpResult;

/** Opens nothing yet: the first mail does. */
export function openSmtpTransport(settings: SmtpSettings): SmtpTransport {
  const breaker = new ConnectBreaker(settings.limits);
  const lanes = Array.from({ length: settings.connections }, () => new SmtpLane(settings, breaker));
  const pool = new Pool(lanes, breaker);
  return {
    connections: settings.connections,
    get pausedForMs() {
      return pool.isConnected ? 0 : breaker.pausedForMs;
    },
    send: async (mail) => {
      assertEnvelope(mail);
      return pool.use((lane) => lane.send(mail));
    },
    offer: async (mail, clearance) => {
      assertEnvelope(mail);
      return pool.use((lane) => lane.offer(mail, clearance));
    },
    probe: async () => {
      const session = new SmtpSession(settings);
      const failure = await session.open();
      await session.quit();
      return failure;
    },
    close: () => pool.close(),
  };
}

class Pool {
  readonly #lanes: readonly SmtpLane[];
  readonly #breaker: ConnectBreaker;
  /** The one used last is used next: with little to send, the others may rest. */
  readonly #free: SmtpLane[];
  readonly #waiting: Turn[] = [];
  #closed = false;
  #drained: () => void = () => {};
  #nextTry: NodeJS.Timeout | undefined;

  constructor(lanes: readonly SmtpLane[], breaker: ConnectBreaker) {
    this.#lanes = lanes;
    this.#breaker = breaker;
    this.#free = [...lanes];
  }

  get isConnected(): boolean {
    return this.#lanes.some((lane) => lane.isConnected);
  }

  /**
   * Servers allow only so many connections. A lane that gets none is no reason to give a mail back as long as another has
   * one, or may have one in a moment: the mail waits for that.
   */
  async use<T>(run: (lane: SmtpLane) => Promise<T>): Promise<T | SmtpResult> {
    for (;;) {
      const lane = await this.#take();
      if (lane === undefined) return CLOSED;
      try {
        const failure = await lane.open();
        if (failure === undefined) return await run(lane);
        if (!this.#isHopeful) return failure;
      } finally {
        this.#giveBack(lane);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#nextTry);
    for (const turn of this.#waiting.splice(0)) turn(undefined);
    if (this.#free.length < this.#lanes.length) {
      await new Promise<void>((resolve) => (this.#drained = resolve));
    }
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  #take(): Promise<SmtpLane | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#handOut();
    });
  }

  #giveBack(lane: SmtpLane): void {
    this.#free.push(lane);
    if (this.#closed && this.#free.length === this.#lanes.length) this.#drained();
    this.#handOut();
  }

  #handOut(): void {
    while (this.#waiting.length > 0) {
      const index = this.#free.findLastIndex((lane) => this.#isOfUse(lane));
      if (index === -1) return this.#tryAgainLater();
      const [lane] = this.#free.splice(index, 1);
      this.#waiting.shift()?.(lane);
    }
  }

  #isOfUse(lane: SmtpLane): boolean {
    return lane.isConnected || this.#breaker.mayTry || !this.#isHopeful;
  }

  get #isHopeful(): boolean {
    return this.#lanes.some((lane) => lane.isConnected || lane.isConnecting);
  }

  /** What is connected may be busy for minutes. */
  #tryAgainLater(): void {
    if (this.#free.length === 0 || this.#breaker.pausedForMs === 0) return;
    clearTimeout(this.#nextTry);
    this.#nextTry = setTimeout(() => this.#handOut(), this.#breaker.pausedForMs + 1);
  }
}
