import type { EmailAddress } from '../domain/email-address.ts';

/** As many as a newsletter's readers have who are not all at the two large ones. */
const DOMAINS = 40;

/**
 * Reader number `n` of a run, from 1. The number comes first, where the sink finds it without looking at the rest, and where Postfix'
 * smtp-source puts one, too.
 */
export const readerAddress = (n: number, run: string): EmailAddress =>
  `${n}.${run}@d${n % DOMAINS}.bench.example` as EmailAddress;

/** The number in `RCPT TO:<17.run@…>`; 0 = none. */
export const readerNumberIn = (command: string): number => Number(/<(\d+)\./.exec(command)?.[1] ?? 0);
