import type { Instant } from './instant.ts';
import type { SeriesId } from './series.ts';
import type { SubscriberId } from './subscriber.ts';

/**
 * Mail outside a series' order: the button to confirm with, the news that one is in already, a welcome, a goodbye, the end of a series,
 * the way to one's own data.
 */
export type LetterKind = 'confirm' | 'known' | 'welcome' | 'goodbye' | 'finished' | 'data';

/** Those a writer chooses; the others answer a request. */
export const OPTIONAL_LETTERS = ['welcome', 'goodbye', 'finished'] as const satisfies LetterKind[];

export type OptionalLetter = (typeof OPTIONAL_LETTERS)[number];

/** A letter that is to be written: ids only, the address is in the ledger. */
export interface LetterOrder {
  readonly kind: LetterKind;
  readonly series: SeriesId;
  readonly subscriber: SubscriberId;
  /** When it was asked for: part of its Message-ID, so that a second try has the same and a second letter another. */
  readonly at: Instant;
}
