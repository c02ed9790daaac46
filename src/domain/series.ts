import type { Cadence, Every } from './cadence.ts';
import type { EmailAddress } from './email-address.ts';
import type { Issue } from './issue.ts';
import type { OptionalLetter } from './letter.ts';
import type { Mailbox } from './mailbox.ts';

/** The series' folder name (or taxonomy term): what a writer types on the command line. May be CJK. */
export type SeriesId = string & { readonly __seriesId: never };

/** Where a late joiner begins: at the first issue, or at the next one not yet released. */
export type JoinRule = 'first' | 'next';

/** A series as the content folder has it. */
export interface Series {
  readonly id: SeriesId;
  readonly title: string;
  readonly description: string;
  /** BCP 47, e.g. `en`, `zh-Hant`, `zh-TW`. */
  readonly language: string;
  readonly from: Mailbox;
  readonly replyTo?: EmailAddress;
  readonly cadence: Cadence;
  readonly join: JoinRule;
  /** Gaps a reader may choose instead of the series' own; empty = no choice, absent = the usual ones for its gap. */
  readonly paces?: readonly Every[];
  readonly letters: readonly OptionalLetter[];
  /** Name of a template in the templates folder, `issue` unless said otherwise. */
  readonly template: string;
  /** In the order readers get them. */
  readonly issues: readonly Issue[];
  /** The file that describes the series, for messages. */
  readonly file: string;
}
