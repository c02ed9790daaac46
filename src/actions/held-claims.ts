import type { Delivery } from '../domain/delivery.ts';
import { LEASE_MS } from './deliver-tools.ts';

/** By both clocks of this machine: one stands still while it sleeps, the other may be set. */
export interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

/** Readers who are ours for as long as the lease. */
export interface Claim {
  readonly deliveries: readonly Delivery[];
  /** When they were asked for. */
  readonly since: Moment;
  /** They were submitted in the same step. */
  readonly areSubmitted: boolean;
  /** It was our ledger that said so. */
  readonly isOurs: boolean;
}

export const thisMoment = (): Moment => ({ monotonic: performance.now(), wall: Date.now() });

/** A look at the ledger is the last one for so long. */
const FRESH_MS = 250;

/** Claims that are not settled yet, and whether they are surely ours still. */
export class HeldClaims {
  readonly #since = new Map<Delivery, Moment>();
  readonly #submitted: Set<Delivery>;
  readonly #lookedAt: number;

  constructor({ deliveries, since, areSubmitted, isOurs }: Claim) {
    for (const delivery of deliveries) this.#since.set(delivery, since);
    this.#submitted = new Set(areSubmitted ? deliveries : []);
    this.#lookedAt = areSubmitted && isOurs ? since.monotonic : -Infinity;
  }

  /** Our ledger has let them leave with their claim, a moment ago. */
  get areJustSubmitted(): boolean {
    return performance.now() - this.#lookedAt < FRESH_MS;
  }

  get many(): number {
    return this.#since.size;
  }

  get all(): readonly Delivery[] {
    return [...this.#since.keys()];
  }

  /** The ledger has been told that its mail sets out, and takes it for in doubt until it hears of it. */
  isSubmitted(delivery: Delivery): boolean {
    return this.#submitted.has(delivery);
  }

  /** The ledger was told so, and gave it another lease, asked for at `since`. */
  submit(delivery: Delivery, since: Moment): void {
    this.#submitted.add(delivery);
    this.renew(delivery, since);
  }

  /** The ledger has given it another lease, asked for at `since`. What was let go meanwhile stays so. */
  renew(delivery: Delivery, since: Moment): void {
    if (this.#since.has(delivery)) this.#since.set(delivery, since);
  }

  letGo(delivery: Delivery): void {
    this.#since.delete(delivery);
    this.#submitted.delete(delivery);
  }

  /** Nobody else can have taken it over: its lease has not run out, though this process may have stood still for a while. */
  isSure(delivery: Delivery): boolean {
    const since = this.#since.get(delivery);
    if (since === undefined) return false;
    const now = thisMoment();
    return now.monotonic - since.monotonic < LEASE_MS && now.wall - since.wall < LEASE_MS;
  }
}
