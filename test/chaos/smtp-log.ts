import { closeSync, openSync, readSync } from 'node:fs';
import { parseLines, type SmtpRecord } from './smtp-record.ts';

const READ_AT_ONCE = 1 << 20;

/** The mail server's record as it grows. */
export class SmtpLog {
  readonly #file: number;
  readonly #buffer = Buffer.alloc(READ_AT_ONCE);
  readonly #mails: SmtpRecord[] = [];
  #position = 0;
  #taken = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'a+');
  }

  /** Every transaction that has ended by now. */
  get mails(): readonly SmtpRecord[] {
    this.#readOn();
    return this.#mails;
  }

  /** How many messages the server has, copies included. */
  get taken(): number {
    this.#readOn();
    return this.#taken;
  }

  close(): void {
    closeSync(this.#file);
  }

  #readOn(): void {
    for (;;) {
      const length = readSync(this.#file, this.#buffer, 0, READ_AT_ONCE, this.#position);
      const whole = this.#buffer.subarray(0, length).lastIndexOf('\n') + 1;
      if (whole === 0) return;
      this.#position += whole;
      for (const mail of parseLines<SmtpRecord>(this.#buffer.toString('utf8', 0, whole))) {
        this.#mails.push(mail);
        if (mail.fate === 'taken') this.#taken++;
      }
    }
  }
}
