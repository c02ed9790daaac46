import { MINUTE_MS } from '../../domain/instant.ts';
import type { SeriesStatus } from '../../domain/series-status.ts';
import { amount, amountOf } from '../amount.ts';
import { rhythm } from '../describe-plan.ts';
import { formatDistance, formatDuration, formatTime } from '../format-time.ts';
import { plainText } from '../plain-text.ts';
import { styled, wrapped, type Line, type Paper } from '../styled-line.ts';
import { issueTable } from './issue-table.ts';

/** A series' head: what it is called, how it runs, how many read it, what is due. */
export function seriesHead(status: SeriesStatus, { columns }: Paper): Line[] {
  const { plan } = status;
  const title = plainText(`${plan.title} (${plan.series}): ${plan.state}`);
  return [
    ...wrapped(title, columns, { rest: 2 }).map((line) => styled('bold', line)),
    ...[rhythm(plan), factsOf(status)].flatMap((text) =>
      wrapped(text, columns, { first: 2, rest: 4 }).map((line) => styled('dim', line)),
    ),
  ];
}

export function describeSeries(status: SeriesStatus, paper: Paper): Line[] {
  const { head, rows } = issueTable(status, status.issues, paper);
  return [...seriesHead(status, paper), ...head, ...rows.flat(), ...eventLines(status, paper)];
}

function factsOf(status: SeriesStatus): string {
  const { readers, caughtUp, acceptedLastMinute, ended, bounced } = status;
  const gone =
    ended > 0 ? `, ${amount(ended)} gone${bounced > 0 ? ` (${amount(bounced)} bounced)` : ''}` : '';
  return [
    `${amountOf(readers, 'reader')}, ${amount(caughtUp)} caught up${gone}`,
    `${amountOf(acceptedLastMinute, 'mail')} in the last minute`,
    ...dueParts(status),
  ].join('; ');
}

function dueParts({ plan, nextDueAt, dueSince, finishesAt, now }: SeriesStatus): string[] {
  if (nextDueAt === undefined) return ['nobody waits for anything'];
  if (plan.state !== 'running') return ['nothing is sent while it does not run'];
  const { timezone } = plan.cadence;
  if (dueSince === undefined)
    return [`next due ${formatTime(nextDueAt, timezone)} (${formatDistance(nextDueAt, now)})`];
  const late = now - dueSince;
  // In the first minute nobody knows how fast it goes.
  if (late < MINUTE_MS) return ['mail is due now'];
  const end = finishesAt ?? now;
  const done = `done ${formatDistance(end, now)} (${formatTime(end, timezone).slice(-5)})`;
  return [`mail is late by ${formatDuration(late)}`, ...(finishesAt === undefined ? [] : [done])];
}

/** Events that no count of readers shows: nothing to do about them, but they happened. */
const eventLines = ({ issues }: SeriesStatus, { columns }: Paper): Line[] =>
  issues.flatMap(({ title, doubts, held, deferrals }) => {
    const notes = [
      // What is held was not sent again.
      ...(doubts > held
        ? [
            `"${title}": ${amountOf(doubts - held, 'mail')} of unknown outcome; where it was sent again, a copy may have come twice`,
          ]
        : []),
      ...(deferrals > 0
        ? [`"${title}": put off ${amountOf(deferrals, 'time')} by the server, and tried again later`]
        : []),
    ];
    return notes.flatMap((note) =>
      wrapped(plainText(note), columns, { first: 2, rest: 4 }).map((line) => styled('dim', line)),
    );
  });
