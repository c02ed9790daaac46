import type { EmailAddress } from './email-address.ts';
import type { IssuePage } from './issue-page.ts';
import type { IssueId } from './issue.ts';
import type { Mailbox } from './mailbox.ts';
import type { SeriesId } from './series.ts';

/** A place in a rendered issue that is filled for each reader. */
export type SlotName = 'greeting' | 'unsubscribeUrl' | 'readerUrl' | 'webUrl';

/** Text with open slots: even entries are literal text, odd entries are slot names. */
export type Slotted = readonly string[];

/** An issue as HTML and text with open slots: rendered once, frozen under its content hash, sent to everybody. */
export interface RenderedIssue {
  /** sha256 of everything below, 32 hex digits. */
  readonly hash: string;
  readonly series: SeriesId;
  readonly issue: IssueId;
  readonly seriesTitle: string;
  readonly language: string;
  readonly from: Mailbox;
  readonly replyTo?: EmailAddress;
  readonly subject: string;
  /** Slot values are HTML-escaped before they go in here. */
  readonly html: Slotted;
  readonly text: Slotted;
  /** The same issue as a web page. */
  readonly page: IssuePage;
  /** What fills the slot `greeting`: `named` has `{name}` in it, `plain` serves readers without a name. */
  readonly greeting: { readonly named: string; readonly plain: string };
}

/** Closes the slots: for looking at an issue. Messages are spliced from bytes instead. `escape` as the text's language needs. */
export const fillSlots = <S extends string = SlotName>(
  slotted: Slotted,
  values: Readonly<Record<S, string>>,
  escape: (value: string) => string = (value) => value,
): string => slotted.map((part, index) => (index % 2 === 0 ? part : escape(values[part as S]))).join('');
