import type { SmtpResult } from '../domain/smtp-reply.ts';
import { tooLarge } from './smtp-failure.ts';

/** What a server says of sizes in its EHLO (RFC 1870). */
export class SizeLimit {
  readonly #isOffered: boolean;
  readonly #largest: number;

  constructor(offers: readonly string[]) {
    const [offer] = offers.filter((line) => /^SIZE(?: |$)/.test(line));
    this.#isOffered = offer !== undefined;
    this.#largest = Number(/ (\d+)$/.exec(offer ?? '')?.[1] ?? 0) || Infinity;
  }

  /** Why a message need not be tried. */
  refusalOf(size: number): SmtpResult | undefined {
    return size > this.#largest ? tooLarge(`Message size larger than allowed ${this.#largest}`) : undefined;
  }

  parameterFor(size: number): string {
    return this.#isOffered ? ` SIZE=${size}` : '';
  }
}
