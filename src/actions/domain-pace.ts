import { MINUTE_MS, SECOND_MS } from '../domain/instant.ts';
import type { IssueSender } from '../mail/issue-sender.ts';

/** `soon` = as soon as a mail of the domain that is under way is answered; `later` = it answers too slowly while others wait. */
export type Turn = 'now' | 'soon' | 'later';

interface Domain {
  /** Mails that have taken their turn; some may still wait for a connection. */
  readonly underWay: Set<object>;
  /** Those the server has begun with, and when; the first of them has waited longest. */
  readonly begun: Map<object, number>;
  /** Most mails that may be taken at once: one until the domain has shown that it answers, doubled with each quick answer. */
  window: number;
  restUntil: number;
}

const SLOW_MS = 2 * SECOND_MS;
const TIMES_TYPICAL = 5;
/** A slow domain then has a tenth of one connection. */
const REST_FACTOR = 9;
const LONGEST_REST_MS = 10 * MINUTE_MS;
const LOOK_AGAIN_MS = 500;
const REMEMBERED_ANSWERS = 63;
const REMEMBERED_DOMAINS = 10_000;

/** Who mails go out with. */
type Carrier = Pick<IssueSender, 'connections' | 'capacity'>;

/**
 * Keeps one domain that answers slowly (a tarpit) from taking every connection of a worker. Slow is what takes seconds and several times as
 * long as is usual here: where everybody is slow, nobody is held back, and when nobody else waits, a slow domain has half of the connections.
 */
export class DomainPace {
  readonly #domains = new Map<string, Domain>();
  readonly #sender: Carrier;
  readonly #now: () => number;
  readonly #answers: number[] = [];
  readonly #waiting: (() => void)[] = [];
  #slowAfterMs = SLOW_MS;
  #quickAt = -Infinity;

  /** `now` is in ms and only ever grows. */
  constructor(sender: Carrier, now: () => number = () => performance.now()) {
    this.#sender = sender;
    this.#now = now;
  }

  /** Whether a mail to the domain may begin. */
  turnOf(name: string): Turn {
    const domain = this.#domains.get(name);
    if (domain === undefined) return 'now';
    if (!this.#isSlow(domain)) return domain.underWay.size < domain.window ? 'now' : 'soon';
    return !this.#othersFlow && domain.underWay.size < this.#half ? 'now' : 'later';
  }

  /** How long a mail whose turn is later had better wait, in ms: its reader is not claimed anew every second while others go on. */
  get laterMs(): number {
    return this.#othersFlow ? 15 * SECOND_MS : 3 * SECOND_MS;
  }

  /** Whether the domain has half of the connections already: another one is to be preferred. */
  isBusy(name: string): boolean {
    return (this.#domains.get(name)?.underWay.size ?? 0) >= this.#half;
  }

  /** A mail takes its turn. */
  take(name: string, mail: object): void {
    this.#domainOf(name).underWay.add(mail);
  }

  /** The server begins with it. */
  begin(name: string, mail: object): void {
    this.#domainOf(name).begun.set(mail, this.#now());
  }

  /** It is no longer under way; the server's answer tells how quick the domain is. */
  end(name: string, mail: object): void {
    const domain = this.#domainOf(name);
    const began = domain.begun.get(mail);
    domain.begun.delete(mail);
    domain.underWay.delete(mail);
    if (began !== undefined) this.#learn(domain, this.#now() - began);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Until a mail ends, or for as long as it takes to see that one does not. */
  async change(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      timer = setTimeout(resolve, LOOK_AGAIN_MS);
    });
    clearTimeout(timer);
  }

  get #othersFlow(): boolean {
    return this.#now() - this.#quickAt < SLOW_MS;
  }

  get #half(): number {
    return Math.max(1, Math.floor(this.#sender.connections / 2));
  }

  #isSlow({ restUntil, begun }: Domain): boolean {
    const now = this.#now();
    if (restUntil > now) return true;
    const [longest = now] = begun.values();
    return now - longest > this.#slowAfterMs;
  }

  #learn(domain: Domain, tookMs: number): void {
    if (tookMs > this.#slowAfterMs) {
      domain.window = 1;
      domain.restUntil = this.#now() + Math.min(LONGEST_REST_MS, tookMs * REST_FACTOR);
    } else {
      // One domain alone can keep all connections busy.
      domain.window = Math.min(this.#sender.capacity, 2 * domain.window);
      domain.restUntil = 0;
      this.#quickAt = this.#now();
    }
    this.#answers.push(tookMs);
    if (this.#answers.length < REMEMBERED_ANSWERS) return;
    const typical = this.#answers.toSorted((a, b) => a - b)[REMEMBERED_ANSWERS >> 1] ?? 0;
    this.#answers.length = 0;
    this.#slowAfterMs = Math.max(SLOW_MS, typical * TIMES_TYPICAL);
  }

  #domainOf(name: string): Domain {
    const known = this.#domains.get(name);
    if (known !== undefined) return known;
    const [oldest, domain] = this.#domains.entries().next().value ?? [];
    if (this.#domains.size >= REMEMBERED_DOMAINS && oldest !== undefined && domain?.underWay.size === 0)
      this.#domains.delete(oldest);
    const fresh: Domain = { underWay: new Set(), begun: new Map(), window: 1, restUntil: 0 };
    this.#domains.set(name, fresh);
    return fresh;
  }
}
