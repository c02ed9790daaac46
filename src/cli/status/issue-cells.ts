import type { IssueStatus, SeriesStatus } from '../../domain/series-status.ts';
import { amount } from '../amount.ts';
import { plainText } from '../plain-text.ts';
import { cell, type Style } from '../styled-line.ts';
import { shortTime } from '../tell-time.ts';
import { textColumns } from '../text-columns.ts';

/** One issue in words, before anybody knows how much room there is. */
export interface IssueCells {
  readonly issue: IssueStatus;
  readonly number: string;
  readonly title: string;
  readonly when: string;
  /** `42% of 3,000`. */
  readonly share: string;
}

/** How wide each of them is in the widest row. */
export type Widths = Readonly<Record<'number' | 'title' | 'state' | 'when' | 'share', number>>;

export const STATE_STYLE: Readonly<Record<IssueStatus['state'], Style>> = {
  complete: 'green',
  sending: 'cyan',
  waiting: 'white',
  unreleased: 'gray',
  held: 'magenta',
  retired: 'gray',
};

const MOST_TITLE = 44;
const PERCENT = 4;

export const cellsOfIssue = (status: SeriesStatus, issue: IssueStatus): IssueCells => ({
  issue,
  number: issue.number === 0 ? '-' : String(issue.number),
  title: plainText(issue.title),
  when: whenOf(status, issue),
  share: `${percentOf(issue)} of ${amount(issue.audience)}`,
});

export function widthsOf(all: readonly IssueCells[]): Widths {
  const widest = (textOf: (cells: IssueCells) => string) =>
    Math.max(...all.map((cells) => textColumns(textOf(cells))));
  return {
    number: widest(({ number }) => number),
    title: Math.min(
      MOST_TITLE,
      Math.max(
        'Issue'.length,
        widest(({ title }) => title),
      ),
    ),
    state: widest(({ issue }) => issue.state),
    when: widest(({ when }) => when),
    share: widest(({ share }) => share),
  };
}

/** When an issue is due next, comes out, or came out; '' = there is nothing to say. */
export function whenOf({ plan, now }: SeriesStatus, issue: IssueStatus): string {
  const { releaseAt, nextDueAt, due } = issue;
  const { timezone } = plan.cadence;
  if (due > 0 && plan.state === 'running') return 'due now';
  if (nextDueAt !== undefined && nextDueAt > now) return shortTime(nextDueAt, now, timezone);
  return releaseAt === undefined ? '' : shortTime(releaseAt, now, timezone);
}

/** How many of the audience have it, rounded down, as the dashboard says it. */
export function percentOf({ audience, accepted }: IssueStatus): string {
  if (audience === 0) return cell('-', PERCENT, 'right');
  return cell(`${Math.floor((100 * accepted) / audience)}%`, PERCENT, 'right');
}
