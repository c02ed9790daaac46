import type { Every } from './cadence.ts';
import type { EmailAddress } from './email-address.ts';
import type { Instant } from './instant.ts';
import type { IssueId } from './issue.ts';
import type { SeriesId } from './series.ts';
import type { SubscriberId } from './subscriber.ts';

/** What to do when nobody can know whether the server took a message: send it once more, or hold it for the operator. */
export type UncertainPolicy = 'resend' | 'hold';

/** One issue to one subscriber, taken by one worker: everything needed to build the same bytes again. */
export interface Delivery {
  readonly series: SeriesId;
  readonly issue: IssueId;
  readonly subscriber: SubscriberId;
  /** Fencing token of this claim; a later claim of the same delivery has another. */
  readonly token: string;
  /** 1 for the first try; a try the server never judged does not count. */
  readonly attempt: number;
  readonly address: EmailAddress;
  readonly name: string;
  /** How often the reader has begun again: a copy they asked for anew is another message. */
  readonly round: number;
  /** The reader's own gap; absent = the series'. */
  readonly pace?: Every;
  /** Hash of the rendered issue to send. */
  readonly rendered: string;
  /** The Date header: set at the first claim and kept, so that a repeat has the same bytes. */
  readonly datedAt: Instant;
  /** When the first try was, for giving up after days. */
  readonly firstTriedAt: Instant;
}

/** What one try came to. `senderFault` is about us, `unavailable` about the server: neither counts against the reader. */
export type Judgement =
  /** `reply` = what the server said beside the 250, mostly its own name for the message; '' or absent = nothing. */
  | { readonly kind: 'accepted'; readonly reply?: string }
  | { readonly kind: 'deferred'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string; readonly suppress: boolean }
  | { readonly kind: 'uncertain'; readonly reason: string }
  | { readonly kind: 'senderFault'; readonly scope: 'series' | 'transport'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** How a claim ends. `untried` = no byte of the message has left; `waitMs` = how long it had better wait, at once if absent. */
export type Outcome =
  Judgement | { readonly kind: 'untried'; readonly waitMs?: number; readonly reason?: string };
