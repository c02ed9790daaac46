import { seriesStatus } from '../actions/series-status.ts';
import type { Instant } from '../domain/instant.ts';
import { EXIT } from '../domain/refusal.ts';
import type { SeriesId } from '../domain/series.ts';
import { describeAttention } from '../domain/attention.ts';
import type { SeriesStatus } from '../domain/series-status.ts';
import { notScheduled } from './change-state.ts';
import { count } from './count.ts';
import { rhythm } from './describe-plan.ts';
import { formatDistance, formatTime } from './format-time.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { withApp } from './with-app.ts';

/** `partwork status [series] [--json]`: per issue the audience and how it adds up, the next due time, the rate, problems in words. */
export function status(
  terminal: Terminal,
  name: string | undefined,
  { json = false }: { json?: boolean },
): Promise<number> {
  return withApp(terminal, async (app) => {
    const ids =
      name === undefined ? (await app.store.plans.all()).map(({ series }) => series) : [name as SeriesId];
    const found = await Promise.all(ids.map((id) => seriesStatus(app, id)));
    const all = found.filter((one) => one !== undefined);
    if (name !== undefined && all.length === 0) return notScheduled(terminal, app, name);

    if (json) terminal.print(JSON.stringify(all.map(statusJson), null, 2));
    else if (all.length === 0)
      terminal.say('No series has been scheduled yet: `partwork schedule <series>`.');
    else
      for (const line of all.flatMap((one) => [...describeStatus(one, terminal), ''])) terminal.print(line);
    return EXIT.ok;
  });
}

export function describeStatus(status: SeriesStatus, terminal: Terminal): string[] {
  const { plan, readers, caughtUp, acceptedLastMinute, attention } = status;
  return [
    terminal.style('bold', `${plan.title} (${plan.series}): ${plan.state}`),
    `  ${rhythm(plan)}`,
    `  ${count(readers, 'reader')}, ${caughtUp} caught up; ${count(acceptedLastMinute, 'mail')} in the last minute; ${nextLine(status)}`,
    '',
    ...issueTable(status),
    ...noteLines(status),
    ...attention.map((one) => {
      const { says, command } = describeAttention(one);
      return terminal.style('yellow', `! ${says}${command === undefined ? '' : ` \`${command}\``}`);
    }),
  ];
}

function nextLine({ plan, nextDueAt, now }: SeriesStatus): string {
  if (nextDueAt === undefined) return 'nobody waits for anything';
  if (plan.state !== 'running') return 'nothing is sent while it does not run';
  return nextDueAt <= now
    ? 'mail is due now'
    : `next due ${formatTime(nextDueAt, plan.cadence.timezone)} (${formatDistance(nextDueAt, now)})`;
}

function issueTable({ issues }: SeriesStatus): string[] {
  const heads = [
    '#',
    'Issue',
    'State',
    'Audience',
    'accepted',
    'waiting',
    'to come',
    'rejected',
    'left',
    'held',
    'adds up',
  ];
  return table(
    heads.map((title, index) => ({ title, align: index === 0 || index > 2 ? 'right' : 'left' })),
    issues.map((issue) => [
      issue.number === 0 ? '-' : String(issue.number),
      issue.title,
      issue.state,
      ...[issue.audience, issue.accepted, issue.waiting, issue.toCome].map(String),
      ...[issue.rejected, issue.skipped + issue.suppressed, issue.uncertain].map(String),
      issue.addsUp ? 'yes' : 'NO',
    ]),
  );
}

/** Events a reader of the table would miss: nothing to do about them, but they happened. */
function noteLines({ issues }: SeriesStatus): string[] {
  return issues.flatMap(({ issue, doubts, deferrals }) => [
    ...(doubts > 0
      ? [`"${issue}": ${count(doubts, 'mail')} of unknown outcome; a copy may have come twice`]
      : []),
    ...(deferrals > 0
      ? [`"${issue}": put off ${count(deferrals, 'time')} by the server, and tried again later`]
      : []),
  ]);
}

/** For scripts; stable. */
export const statusJson = ({
  plan,
  issues,
  nextDueAt,
  dueSince,
  finishesAt,
  now,
  attention,
  ...rest
}: SeriesStatus) => ({
  series: plan.series,
  title: plan.title,
  state: plan.state,
  revision: plan.revision,
  startAt: new Date(plan.startAt).toISOString(),
  at: new Date(now).toISOString(),
  nextDueAt: isoOrNull(nextDueAt),
  dueSince: isoOrNull(dueSince),
  finishesAt: isoOrNull(finishesAt),
  ...rest,
  attention: attention.map((one) => ({ ...one, ...describeAttention(one) })),
  problems: attention.map((one) => describeAttention(one).says),
  issues: issues.map(({ issue, releaseAt, ...counts }) => ({
    id: issue,
    ...counts,
    releaseAt: isoOrNull(releaseAt),
  })),
});

const isoOrNull = (at: Instant | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString();
