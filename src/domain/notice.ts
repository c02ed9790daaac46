import { createHash } from 'node:crypto';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type Instant } from './instant.ts';
import type { AudienceParts } from './issue-counts.ts';
import type { IssueId } from './issue.ts';
import type { SeriesId } from './series.ts';

/** What keeps mail from going out: the mail server, nobody who sends, a series in which nothing moves, Redis. */
export type TroubleKind = 'mail-blocked' | 'no-workers' | 'stuck' | 'ledger';

/** What a trouble is about, as far as it is about one series, and the server's words for it. */
export interface TroubleFacts {
  readonly trouble: TroubleKind;
  readonly series?: SeriesId;
  /** Of the series. */
  readonly title?: string;
  readonly reason?: string;
}

/** One issue's audience and its parts, which add up to it. */
export interface Figures extends AudienceParts {
  readonly audience: number;
}

/** Something the writer is told of without asking. */
export type News =
  | {
      readonly kind: 'release.finished';
      readonly series: SeriesId;
      readonly title: string;
      readonly issue: IssueId;
      readonly issueTitle: string;
      readonly number: number;
      readonly figures: Figures;
    }
  | {
      readonly kind: 'series.paused';
      readonly series: SeriesId;
      readonly title: string;
      readonly reason: string;
    }
  | (TroubleFacts & { readonly kind: 'trouble.started'; readonly since: Instant })
  | (TroubleFacts & { readonly kind: 'trouble.ended'; readonly since: Instant; readonly until: Instant })
  | { readonly kind: 'test' };

export type NewsKind = News['kind'];

/** News that is on its way. */
export type Notice = News & {
  /** The same at every try and by every way. */
  readonly id: string;
  readonly at: Instant;
};

/** What is told once: a value is told anew only when it changes. */
export interface Mark {
  readonly mark: string;
  readonly value: string;
}

/** A notice by one way: ids and kinds only, the rest is in the ledger. */
export interface NoticeJob {
  readonly notice: string;
  readonly kind: NewsKind;
  readonly way: string;
}

/** What came of one try. `later`: may be tried again; `refused`: never. */
export type NoticeResult =
  { readonly kind: 'done' } | { readonly kind: 'later' | 'refused'; readonly reason: string };

/** A way to reach the writer: the mail to them, or one webhook. */
export interface NoticeWay {
  readonly id: string;
  /** For people and logs: without an address, and of a URL only its host. */
  readonly name: string;
  /** Whether a trouble that is over when its turn comes is not worth telling: a person reads mail in the order it comes. */
  readonly isForPeople: boolean;
  /** Never rejects for anything a server or a network can do. */
  send(notice: Notice): Promise<NoticeResult>;
}

/** A notice's id: the same news has the same, and nobody outside can guess it. Neither dots nor colons (Standard Webhooks, queues). */
export const noticeIdOf = ({ mark, value }: Mark, salt: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['notice', salt, mark, value]))
    .digest('hex')
    .slice(0, 32);

// Soon at first, for what is only being restarted; then all day, for what nobody mends at night.
const RETRY_WAITS_MS = [
  10 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  ...Array.from({ length: 5 }, () => 4 * HOUR_MS),
];
const JITTER = 0.25;

/** The first try and those after it: a day's worth. */
export const NOTICE_TRIES = RETRY_WAITS_MS.length + 1;

/** How long to wait after a try that failed, ms; `tries` is 1 after the first. */
export function noticeRetryMs(tries: number, random: () => number = Math.random): number {
  const step = Math.min(Math.max(tries, 1), RETRY_WAITS_MS.length) - 1;
  return Math.round((RETRY_WAITS_MS[step] ?? HOUR_MS) * (1 - JITTER + 2 * JITTER * random()));
}
