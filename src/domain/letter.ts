import { DAY_MS, type Instant } from './instant.ts';
import type { Slotted } from './rendered-issue.ts';
import type { SeriesId } from './series.ts';
import { isSignupOver } from './signup.ts';
import type { SubscriberId } from './subscriber.ts';

/**
 * Mail outside a series' order: the button to confirm with, the news that one is in already, a welcome, a goodbye, the end of a series,
 * the way to one's own data.
 */
export const LETTER_KINDS = ['confirm', 'known', 'welcome', 'goodbye', 'finished', 'data'] as const;

export type LetterKind = (typeof LETTER_KINDS)[number];

/** Those a writer chooses; the others answer a request. */
export const OPTIONAL_LETTERS = ['welcome', 'goodbye', 'finished'] as const satisfies LetterKind[];

export type OptionalLetter = (typeof OPTIONAL_LETTERS)[number];

export const isOptional = (kind: LetterKind): kind is OptionalLetter =>
  OPTIONAL_LETTERS.some((optional) => optional === kind);

/** A letter that is to be written: ids only, the address is in the ledger. */
export interface LetterOrder {
  readonly kind: LetterKind;
  readonly series: SeriesId;
  readonly subscriber: SubscriberId;
  /** When it was asked for: part of its Message-ID, so that a second try has the same and a second letter another. */
  readonly at: Instant;
}

/** How long the link to one's own data is good for. */
export const DATA_LINK_MS = DAY_MS;

/** Whether a letter is not worth writing any more, because its link has expired. */
export function isStale({ kind, at }: LetterOrder, now: Instant): boolean {
  if (kind === 'data') return now - at >= DATA_LINK_MS;
  return (kind === 'confirm' || kind === 'known') && isSignupOver(at, now);
}

/** A place in a rendered letter that is filled for each reader. */
export type LetterSlot = 'greeting' | 'actionUrl' | 'readerUrl' | 'unsubscribeUrl';

/** A letter as HTML and text with open slots, for all readers of a series in one language. */
export interface RenderedLetter {
  readonly subject: string;
  /** BCP 47. */
  readonly language: string;
  /** Slot values are HTML-escaped before they go in here. */
  readonly html: Slotted;
  readonly text: Slotted;
  /** What fills the slot `greeting`, as in an issue. */
  readonly greeting: { readonly named: string; readonly plain: string };
}
