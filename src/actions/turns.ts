import type { Delivery } from '../domain/delivery.ts';
import { domainOf } from '../domain/email-address.ts';
import type { DomainPace } from './domain-pace.ts';

/** A delivery whose turn it is, or one that is better given back for a while. */
export interface Turn {
  readonly delivery: Delivery;
  readonly mayBegin: boolean;
}

/** The deliveries of a batch in an order that lets domains take turns: which of them comes first is all the same to their readers. */
export class Turns {
  readonly #byDomain = new Map<string, Delivery[]>();
  readonly #pace: DomainPace;

  constructor(deliveries: readonly Delivery[], pace: DomainPace) {
    this.#pace = pace;
    for (const delivery of deliveries) {
      const domain = domainOf(delivery.address);
      const others = this.#byDomain.get(domain);
      if (others === undefined) this.#byDomain.set(domain, [delivery]);
      else others.push(delivery);
    }
  }

  get isEmpty(): boolean {
    return this.#byDomain.size === 0;
  }

  /** The next one; `soon` = ask again after `pace.change()`; undefined = there are no more. One that may begin has taken its turn. */
  next(): Turn | 'soon' | undefined {
    if (this.#byDomain.size === 0) return undefined;
    let busy: string | undefined;
    for (const domain of this.#byDomain.keys()) {
      const turn = this.#pace.turnOf(domain);
      if (turn === 'later') return { delivery: this.#pick(domain), mayBegin: false };
      if (turn === 'now' && !this.#pace.isBusy(domain)) return this.#begin(domain);
      if (turn === 'now') busy ??= domain;
    }
    return busy === undefined ? 'soon' : this.#begin(busy);
  }

  #begin(domain: string): Turn {
    const delivery = this.#pick(domain);
    this.#pace.take(domain, delivery);
    return { delivery, mayBegin: true };
  }

  #pick(domain: string): Delivery {
    const deliveries = this.#byDomain.get(domain) ?? [];
    const delivery = deliveries.pop();
    if (delivery === undefined) throw new Error('A domain without deliveries was to have its turn.');
    // To the end of the row, so that it is another one's turn.
    this.#byDomain.delete(domain);
    if (deliveries.length > 0) this.#byDomain.set(domain, deliveries);
    return delivery;
  }
}
