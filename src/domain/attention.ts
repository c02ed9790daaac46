import type { Instant } from './instant.ts';
import type { IssueId } from './issue.ts';
import type { SeriesState } from './plan.ts';
import type { SeriesId } from './series.ts';

/** One thing about a series that a person should know; some of them are everybody's. */
export type Attention =
  | {
      readonly kind: 'not-running';
      readonly series: SeriesId;
      readonly state: SeriesState;
      readonly reason: string;
    }
  | { readonly kind: 'mail-blocked'; readonly reason: string }
  | { readonly kind: 'no-workers'; readonly series: SeriesId }
  /** `goesOnAt` = when there is room again, where that is a while. */
  | { readonly kind: 'limited'; readonly series: SeriesId; readonly by: string; readonly goesOnAt?: Instant }
  | { readonly kind: 'stuck'; readonly series: SeriesId; readonly since: Instant; readonly due: number }
  | {
      readonly kind: 'many-rejected';
      readonly series: SeriesId;
      readonly issue: IssueId;
      readonly rejected: number;
      readonly tried: number;
    }
  | { readonly kind: 'held'; readonly series: SeriesId; readonly issue: IssueId; readonly held: number }
  | {
      readonly kind: 'many-deferred';
      readonly series: SeriesId;
      readonly issue: IssueId;
      readonly deferred: number;
    }
  | { readonly kind: 'counts-differ'; readonly series: SeriesId; readonly issue: IssueId }
  | {
      readonly kind: 'places-differ';
      readonly series: SeriesId;
      readonly readers: number;
      readonly placed: number;
    };

/** Whether mail that is due does not go out because of it. */
export const isTrouble = ({ kind }: Attention): boolean =>
  kind === 'mail-blocked' || kind === 'no-workers' || kind === 'stuck';

/** A sentence, and the command that mends it or tells more. */
export interface Advice {
  readonly says: string;
  readonly command?: string;
}

/** `title` = of the issue, where it is about one; without it the issue's id stands there. */
export function describeAttention(attention: Attention, title?: string): Advice {
  const issue = `"${title ?? ('issue' in attention ? attention.issue : '')}"`;
  switch (attention.kind) {
    case 'not-running':
      return {
        says: `The series is ${attention.state}: ${attention.reason}.`,
        command: `partwork ${attention.state === 'paused' ? 'resume' : 'schedule'} ${attention.series}`,
      };
    case 'mail-blocked':
      return {
        says: `Mail does not go out: ${attention.reason}. It is tried again by itself; look at the mail server and at SMTP_URL.`,
      };
    case 'no-workers':
      return { says: 'Mail is due and nobody sends it.', command: 'partwork work' };
    case 'limited':
      return {
        says: `Mail is kept to a limit: ${attention.by}.${attention.goesOnAt === undefined ? '' : ` It goes on at ${clock(attention.goesOnAt)} UTC.`}`,
      };
    case 'stuck':
      return {
        says: `${mails(attention.due)}, and nothing has come of any since ${clock(attention.since)} UTC.`,
        command: 'partwork watch',
      };
    case 'many-rejected':
      return {
        says: `${attention.rejected} ${attention.rejected === 1 ? 'reader was' : 'readers were'} refused ${issue}.`,
        command: `partwork failures ${attention.series}`,
      };
    case 'held':
      return {
        says: `${attention.held} of ${issue} may or may not have arrived and ${attention.held === 1 ? 'waits' : 'wait'} for you.`,
        command: `partwork held ${attention.series}`,
      };
    case 'many-deferred':
      return {
        says: `${attention.deferred} of ${issue} ${attention.deferred === 1 ? 'was put off by the server and is tried again by itself' : 'were put off by the server and are tried again by themselves'}.`,
        command: `partwork failures ${attention.series}`,
      };
    case 'counts-differ':
      return {
        says: `The counts of ${issue} do not add up to its audience; please report this.`,
      };
    case 'places-differ':
      return {
        says: `${attention.readers} readers subscribe, but ${attention.placed} have a place; please report this.`,
      };
  }
}

function mails(due: number): string {
  if (due === 0) return 'Mail is under way';
  return due === 1 ? '1 mail is due' : `${due} mails are due`;
}

const clock = (at: Instant): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** The title of the issue it is about, among those of its series. */
export const titleIn = (
  issues: readonly { readonly issue: IssueId; readonly title: string }[],
  attention: Attention,
): string | undefined =>
  'issue' in attention ? issues.find(({ issue }) => issue === attention.issue)?.title : undefined;
