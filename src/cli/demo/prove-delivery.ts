import type { InboxEntry } from '../../mail/read-inbox.ts';
import { isOfPlay, mailsDue, type Cast } from './cast.ts';

/** What the inbox shows about the promises, reader by reader. */
export interface Proof {
  /** One line a reader: which issues came, in the order they came. */
  readonly lines: readonly string[];
  /** What was promised and is not so; empty = all is well. */
  readonly broken: readonly string[];
}

/**
 * Reads the mails themselves, in the order the server got them, and holds them against the series: every reader each issue,
 * once, in order. Knows nothing of the ledger, and leaves out what visitors of the pages have got.
 */
export function proveDelivery(cast: Cast, inbox: readonly InboxEntry[]): Proof {
  const mails = inbox.filter((mail) => isOfPlay(cast, mail));
  const lines: string[] = [];
  const broken: string[] = [];
  for (const { address, series: id } of cast.readers) {
    const issues = cast.series.find((series) => series.id === id)?.issues ?? [];
    const got = mails
      .filter(({ to }) => to.includes(address))
      .map(({ subject }) => issues.findIndex((issue) => issue.subject === subject) + 1)
      .filter((number) => number > 0);
    lines.push(`  ${address}  ${id}  ${got.join(' → ')}`);
    broken.push(...complaints(`${address} (${id})`, got, issues.length));
  }
  const expected = mailsDue(cast);
  if (mails.length !== expected) broken.push(`${mails.length} mails came in, ${expected} were expected.`);
  return { lines, broken };
}

function complaints(reader: string, got: readonly number[], issues: number): string[] {
  const found: string[] = [];
  for (let issue = 1; issue <= issues; issue++) {
    const copies = got.filter((number) => number === issue).length;
    if (copies === 0) found.push(`${reader} did not get issue ${issue}.`);
    if (copies > 1) found.push(`${reader} got issue ${issue} ${copies} times.`);
  }
  if (got.some((number, index) => number < (got[index - 1] ?? 0)))
    found.push(`${reader} got issues out of order.`);
  return found;
}
