import type { Every } from './cadence.ts';
import type { EmailAddress } from './email-address.ts';
import type { Instant } from './instant.ts';
import type { SeriesState } from './plan.ts';
import type { SendWindow, MinuteOfDay } from './time-of-day.ts';
import type { SeriesId } from './series.ts';
import type { Consent, SubscriberId } from './subscriber.ts';

/**
 * Everything there is to tell of one reader: what they had, what comes next and why then, and why not. Facts only: each face has its own
 * words for every `kind`. Texts in `words` are the mail server's, and are to be shown as such.
 */
export interface Story {
  /** `asked` = has signed up and not confirmed, and reads nothing yet; `unknown` = the ledger knows nobody by that address. */
  readonly kind: 'reader' | 'asked' | 'unknown';
  readonly subscriber: SubscriberId;
  /** Absent when the ledger has none: unknown or erased. */
  readonly address?: EmailAddress;
  /** '' when unknown. */
  readonly name: string;
  /** The reader's own choice, BCP 47. */
  readonly language?: string;
  /** The ledger's time at which all this is so. */
  readonly now: Instant;
  /** Absent = mail may be sent. */
  readonly suppression?: StorySuppression;
  readonly sending: SendingNow;
  /** Series they read, have left, or have asked for, by name. */
  readonly series: readonly SeriesStory[];
}

/** `erased` = the person was forgotten, and stays out; `refused` = their server said that the address does not exist. */
export interface StorySuppression {
  readonly why: 'erased' | 'refused';
  readonly at: Instant;
  /** Absent when erased. */
  readonly words?: string;
}

/** Whether mail of any series goes out just now. */
export interface SendingNow {
  readonly isWorking: boolean;
  /** Why no worker can use the mail server, in its words. */
  readonly trouble?: string;
}

/** One reader in one series. */
export interface SeriesStory {
  readonly series: SeriesId;
  readonly title: string;
  readonly seriesState: SeriesState | 'unscheduled';
  readonly state: 'asked' | 'reading' | 'left';
  /** When that state began. */
  readonly since: Instant;
  /** Absent while they have only asked. */
  readonly consent?: Consent;
  /** The gap they have chosen. One that is not offered any more gives way to the series' own. */
  readonly pace?: { readonly every: Every; readonly isOffered: boolean };
  /** How often they have begun again. */
  readonly round: number;
  readonly place: StoryPlace;
  /** Issues accepted for them in this round, and issues there are. */
  readonly had: number;
  readonly issues: number;
  /** The earliest first. */
  readonly events: readonly StoryEvent[];
  /** Issues behind them that they were not sent. */
  readonly missed: readonly MissedIssue[];
  /** Absent = nothing is ahead of them, or they do not read. */
  readonly next?: NextIssue;
  /** Why they get nothing until somebody does something; empty = only time is in the way. */
  readonly obstacles: readonly Obstacle[];
}

export interface IssueRef {
  readonly id: string;
  readonly title: string;
  /** 1-based; absent for an issue that was taken out of the series. */
  readonly number?: number;
}

export type StoryPlace =
  | { readonly kind: 'before'; readonly issue: IssueRef }
  /** The series was not scheduled when they joined. */
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'held'; readonly issue: IssueRef }
  /** Does not read. */
  | { readonly kind: 'none' };

/**
 * `before-first` = stands ahead of all they have had: they joined later, or it came in since; `passed-by` = stands among what they have had:
 * it came in when they were further on, or was gone when it was their turn.
 */
export interface MissedIssue extends IssueRef {
  readonly why: 'before-first' | 'passed-by';
}

export type StoryEvent =
  | { readonly kind: 'asked'; readonly at: Instant; readonly source: string }
  | { readonly kind: 'agreed'; readonly at: Instant; readonly source: string }
  | (IssueEvent & {
      readonly kind: 'accepted';
      /** Absent where the ledger has not kept them. */
      readonly words?: string;
    })
  | (IssueEvent & {
      readonly kind: 'rejected';
      readonly words: string;
      /** Put off for days, and no more. */
      readonly isGivenUp: boolean;
    })
  /** Suppressed when it was their turn. */
  | (IssueEvent & { readonly kind: 'skipped' })
  | (IssueEvent & { readonly kind: 'held' })
  | { readonly kind: 'left'; readonly at: Instant; readonly how: Departure };

interface IssueEvent {
  readonly at: Instant;
  readonly issue: IssueRef;
  /** How often nobody could know whether a copy was taken, and one more may have gone out. */
  readonly doubts: number;
  /** They have begun again since. */
  readonly isEarlierReading: boolean;
}

/** By themselves, by the writer, forgotten, by an address that does not exist, by being found suppressed; or what else is on record. */
export type Departure = 'unsubscribed' | 'removed' | 'erased' | 'rejected' | 'suppressed' | 'unsaid';

export interface NextIssue {
  readonly issue: IssueRef;
  /** When it goes out if nothing changes, `now` when it is due or being sent; absent = while there are obstacles nobody can tell. */
  readonly at?: Instant;
  /** What it waits for, the latest end last: that one decides. */
  readonly waits: readonly Wait[];
}

/** Why not before: each ends by itself. */
export type Wait =
  | {
      readonly kind: 'gap';
      readonly until: Instant;
      readonly every: Every;
      /** The hour at which a gap of days ends. */
      readonly hour?: MinuteOfDay;
      readonly timezone: string;
      /** The reader's own pace. */
      readonly isOwn: boolean;
      /** The issue it counts from, and when that was settled. */
      readonly after: IssueRef;
      readonly since: Instant;
    }
  /** By a gap that has been changed since, or by one from before they left and came back. */
  | { readonly kind: 'earlier-gap'; readonly until: Instant }
  | { readonly kind: 'break'; readonly until: Instant }
  | { readonly kind: 'release'; readonly until: Instant }
  | { readonly kind: 'start'; readonly until: Instant }
  | {
      readonly kind: 'window';
      readonly until: Instant;
      readonly window: SendWindow;
      readonly timezone: string;
    }
  /** The server put it off. */
  | {
      readonly kind: 'retry';
      readonly until: Instant;
      /** The number of the try that comes. */
      readonly attempt: number;
      readonly firstTriedAt: Instant;
      /** Absent where the ledger has not kept them. */
      readonly words?: string;
    }
  /** Nobody can know whether the server took it: it goes once more. */
  | {
      readonly kind: 'repeat';
      readonly until: Instant;
      readonly attempt: number;
      readonly words?: string;
    }
  /** The mail server was away, or slow for this domain, or a limit was reached: costs the reader nothing. */
  | { readonly kind: 'put-aside'; readonly until: Instant; readonly words?: string }
  /** A worker has it just now; should it die, another one may take over then. */
  | {
      readonly kind: 'lease';
      readonly until: Instant;
      readonly stage: 'claimed' | 'submitting';
      readonly attempt: number;
    }
  /** Due, and in line for a worker. */
  | { readonly kind: 'turn'; readonly since: Instant };

/** Why not at all, until somebody does something. */
export type Obstacle =
  /** The sign-up waits to be confirmed, and is forgotten then. */
  | { readonly kind: 'not-confirmed'; readonly since: Instant; readonly until: Instant }
  | { readonly kind: 'left'; readonly since: Instant; readonly how: Departure }
  | ({ readonly kind: 'suppressed' } & StorySuppression)
  | { readonly kind: 'not-scheduled' }
  /** By hand. */
  | { readonly kind: 'series-paused' }
  /** The series paused itself. */
  | { readonly kind: 'series-stopped'; readonly words: string }
  | { readonly kind: 'series-cancelled' }
  | { readonly kind: 'caught-up'; readonly since?: Instant }
  | { readonly kind: 'held'; readonly since?: Instant; readonly issue: IssueRef; readonly words?: string }
  | { readonly kind: 'nobody-works' }
  | { readonly kind: 'mail-server-trouble'; readonly words: string }
  /** The ledger has lost them: a bug. */
  | { readonly kind: 'no-place' };
