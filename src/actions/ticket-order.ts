import type { SeriesId } from '../domain/series.ts';

/** A ticket's place in the row of its series. */
export interface TicketPlace {
  /** When all readers of the ticket ahead have been set out for, or as many as may for now. */
  readonly turn: Promise<void>;
  /** Lets the one behind begin. */
  pass(): void;
}

/**
 * Tickets of one series are worked off one after the other: what is claimed and settled together is then as many mails as the connections
 * carry, and not half of them. Those of different series go side by side.
 */
export class TicketOrder {
  readonly #last = new Map<SeriesId, Promise<void>>();

  join(series: SeriesId): TicketPlace {
    const turn = this.#last.get(series) ?? Promise.resolve();
    const place = new Place(turn);
    const next = passing(place);
    this.#last.set(series, next);
    void next.finally(() => this.#last.get(series) === next && this.#last.delete(series));
    return place;
  }
}

async function passing({ turn, passed }: Place): Promise<void> {
  await turn;
  await passed;
}

class Place implements TicketPlace {
  readonly turn: Promise<void>;
  readonly passed: Promise<void>;
  #pass = nothing;

  constructor(turn: Promise<void>) {
    this.turn = turn;
    this.passed = new Promise<void>((resolve) => (this.#pass = resolve));
  }

  pass(): void {
    this.#pass();
  }
}

const nothing = (): void => undefined;
