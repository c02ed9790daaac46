import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Close = () => Promise<void>;

/** Everything a bench opens, so that whatever ends it ends that, too. */
export class Workshop {
  readonly #open: Close[] = [];
  #isOver = false;
  #closing: Promise<void> = Promise.resolve();

  /** Has it closed when the workshop is, or before by calling what is returned. */
  keep(close: Close): Close {
    let closing: Promise<void> | undefined;
    const once = () => (closing ??= close());
    this.#open.push(once);
    if (this.#isOver) void this.end().catch(() => undefined);
    return once;
  }

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'partwork-bench-'));
    this.keep(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }

  /** Closes everything, also what somebody is still opening. */
  async end(): Promise<void> {
    this.#isOver = true;
    do await this.close();
    while (this.#open.length > 0);
  }

  /** Closes what is open, and waits for whoever is closing already. */
  close(): Promise<void> {
    const closing = this.#closing.catch(() => undefined).then(() => this.#closeAll());
    this.#closing = closing;
    return closing;
  }

  /** Last opened, first closed; one that fails does not keep the others open. */
  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#open.splice(0).toReversed()) {
      await close().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not all of the bench could be closed.');
  }
}
