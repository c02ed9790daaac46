import type { Delivery } from '../domain/delivery.ts';
import { LEASE_MS } from './deliver-tools.ts';

/** By both clocks of this machine: one stands still while it sleeps, the other may be set. */
export interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

export const thisMoment = (): Moment => ({ monotonic: performance.now(), wall: Date.now() });

/** Claims that are not settled yet, and whether they are surely ours still. */
export class HeldClaims {
  readonly #since = new Map<Delivery, Moment>();

  constructor(deliveries: readonly Delivery[]) {
    const now = thisMoment();
    for (const delivery of deliveries) this.#since.set(delivery, now);
  }

  get all(): readonly Delivery[] {
    return [...this.#since.keys()];
  }

  /** The ledger has given it another lease, asked for at `since`. What was let go meanwhile stays so. */
  renew(delivery: Delivery, since: Moment): void {
    if (this.#since.has(delivery)) this.#since.set(delivery, since);
  }

  letGo(delivery: Delivery): void {
    this.#since.delete(delivery);
  }

  /** Nobody else can have taken it over: its lease has not run out, though this process may have stood still for a while. */
  isSure(delivery: Delivery): boolean {
    const since = this.#since.get(delivery);
    if (since === undefined) return false;
    const now = thisMoment();
    return now.monotonic - since.monotonic < LEASE_MS && now.wall - since.wall < LEASE_MS;
  }
}
