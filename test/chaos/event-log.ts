import { openSync, writeSync } from 'node:fs';
import type { ChaosEvent } from './evidence.ts';

type Untimed<Event> = Event extends ChaosEvent ? Omit<Event, 'at'> & { at?: number } : never;

/** What was done to the processes, kept in a file as it happens. */
export class EventLog {
  readonly #file: number;
  readonly #events: ChaosEvent[] = [];

  constructor(path: string) {
    this.#file = openSync(path, 'a');
  }

  get all(): readonly ChaosEvent[] {
    return this.#events;
  }

  /** `at` is now unless it is given. */
  add(event: Untimed<ChaosEvent>): void {
    const timed = { at: Date.now(), ...event } as ChaosEvent;
    this.#events.push(timed);
    writeSync(this.#file, `${JSON.stringify(timed)}\n`);
  }
}
