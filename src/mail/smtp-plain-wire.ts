import type { OfferedMail } from './offered-mail.ts';
import { DEPTH } from './smtp-path.ts';
import type { SmtpSession } from './smtp-session.ts';
import type { Wire } from './smtp-wire.ts';

/** One mail after the other, by what Nodemailer declares: for servers that answer no other way. */
export class PlainWire implements Wire {
  readonly depth = DEPTH.plain;
  readonly #session: SmtpSession;
  readonly #changed: () => void;
  #load = 0;
  #waitingSince = 0;
  #isReused = false;
  #isClosing = false;

  constructor(session: SmtpSession, changed: () => void) {
    this.#session = session;
    this.#changed = changed;
  }

  get load(): number {
    return this.#load;
  }

  get hasRoom(): boolean {
    return this.#load === 0 && !this.#isClosing;
  }

  get waitingSince(): number {
    return this.#waitingSince;
  }

  take(mail: OfferedMail): void {
    this.#load = 1;
    this.#waitingSince = performance.now();
    const isReused = this.#isReused;
    this.#isReused = true;
    void this.#send(mail, isReused);
  }

  /** The session ends what is on it by itself. */
  lose(): void {
    if (this.#load === 0) this.#changed();
  }

  close(): void {
    this.#isClosing = true;
  }

  async #send(mail: OfferedMail, isReused: boolean): Promise<void> {
    try {
      const result = await this.#session.send(mail, mail.bytes, () => mail.leavesNow());
      mail.end(result, isReused);
    } catch (error) {
      mail.fail(error);
    } finally {
      this.#load = 0;
      this.#changed();
    }
  }
}
