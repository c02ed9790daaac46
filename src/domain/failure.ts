import type { EmailAddress } from './email-address.ts';
import type { Instant } from './instant.ts';
import type { IssueId } from './issue.ts';
import { replyClassOf } from './reply-class.ts';
import type { SeriesId } from './series.ts';
import type { SubscriberId } from './subscriber.ts';

/** `deferred` = put off, and tried again; `uncertain` = in doubt, one more copy goes out; `held` = in doubt, for the operator to decide. */
export const FAILURE_STATES = ['rejected', 'held', 'uncertain', 'deferred'] as const;
export type FailureState = (typeof FAILURE_STATES)[number];

/** One issue that one reader did not simply get. */
export interface Failure {
  readonly series: SeriesId;
  readonly issue: IssueId;
  readonly subscriber: SubscriberId;
  readonly address: EmailAddress;
  readonly state: FailureState;
  readonly since: Instant;
  /** The server's words, or why there are none; '' = nothing was said. */
  readonly words: string;
  /** How often it was tried; absent where that is over. */
  readonly attempts?: number;
  /** When it is tried next; absent where it is not tried again by itself. */
  readonly nextAt?: Instant;
  /** Being tried at this moment. */
  readonly isUnderWay: boolean;
}

export interface FailureFilter {
  readonly issue?: IssueId;
  /** In lower-case A-labels; those under it count as well. */
  readonly domain?: string;
  /** See `isCodePattern`. */
  readonly code?: string;
}

const CODE = /^(?:[2-5x][\dx]{2}|[245x]\.[\dx]{1,3}\.[\dx]{1,3}|lost|other)$/i;

/** Whether a text says which replies are meant: `451`, `5xx`, `4.7.1`, `4.7.x`, both with a space between, or `lost`, `other`. */
export const isCodePattern = (text: string): boolean => {
  const parts = text.split(' ');
  return parts.length <= 2 && parts.every((part) => CODE.test(part));
};

export function isMeant({ issue, address, words }: FailureWords, filter: FailureFilter): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return (
    (filter.issue === undefined || filter.issue === issue) &&
    (filter.domain === undefined || domain === filter.domain || domain.endsWith(`.${filter.domain}`)) &&
    (filter.code === undefined || isReply(words, filter.code))
  );
}

type FailureWords = Pick<Failure, 'issue' | 'address' | 'words'>;

/** Whether a reply is of a kind: `45x` and `4.7.x` say that any digit will do; a last `x` of a status, any number. */
function isReply(words: string, pattern: string): boolean {
  const [reply, wanted] = [replyClassOf(words).split(' '), pattern.toLowerCase().split(' ')];
  return wanted.every((part) => {
    const isStatus = part.includes('.');
    const form = new RegExp(`^${part.replaceAll('.', '\\.').replaceAll('x', isStatus ? '\\d+' : '\\d')}$`);
    return reply.some((one) => form.test(one));
  });
}

/** Failures of one kind: the same state, the same kind of reply, readers of one domain. */
export interface FailureGroup {
  readonly series: SeriesId;
  readonly issue: IssueId;
  readonly state: FailureState;
  /** See `replyClassOf`. */
  readonly reply: string;
  /** `*` = others, where there are too many to tell apart. */
  readonly domain: string;
  readonly count: number;
  /** What one of them was told. */
  readonly words: string;
  /** When the first of them is tried next. */
  readonly nextAt?: Instant;
}

const MOST_GROUPS = 2_000;

/** Counts failures by kind, in memory that does not grow with them. */
export class FailureGroups {
  readonly #groups = new Map<string, FailureGroup>();
  readonly byState = new Map<FailureState, number>();
  count = 0;

  add(failure: Failure): void {
    const { series, issue, state, address, words } = failure;
    this.count++;
    this.byState.set(state, (this.byState.get(state) ?? 0) + 1);
    const reply = replyClassOf(words);
    const kind = { series, issue, state, reply };
    const own = address.slice(address.lastIndexOf('@') + 1);
    const domain =
      this.#groups.size < MOST_GROUPS || this.#groups.has(keyOf({ ...kind, domain: own })) ? own : '*';
    const key = keyOf({ ...kind, domain });
    const before = this.#groups.get(key);
    const nextAt = earlier(before?.nextAt, failure.nextAt);
    this.#groups.set(key, {
      ...kind,
      domain,
      count: (before?.count ?? 0) + 1,
      words: before?.words ?? words,
      ...(nextAt !== undefined && { nextAt }),
    });
  }

  /** The largest first. */
  get all(): FailureGroup[] {
    return [...this.#groups.values()].toSorted((a, b) => b.count - a.count);
  }
}

const keyOf = (kind: Pick<FailureGroup, 'series' | 'issue' | 'state' | 'reply' | 'domain'>): string =>
  [kind.series, kind.issue, kind.state, kind.reply, kind.domain].join('\t');

const earlier = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
