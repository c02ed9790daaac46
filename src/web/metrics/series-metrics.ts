import { AUDIENCE_PARTS } from '../../domain/issue-counts.ts';
import type { Attention } from '../../domain/attention.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SeriesState } from '../../domain/plan.ts';
import type { IssueStatus, SeriesStatus } from '../../domain/series-status.ts';
import { counter, gauge, oneIf, type Figures, type Labels, type Metric, type Reading } from './metric.ts';
import { repliesOf } from './replies-of.ts';

const STATES = Object.keys({
  running: 1,
  paused: 1,
  cancelled: 1,
} satisfies Record<SeriesState, 1>);

const ATTENTIONS = Object.keys({
  'not-running': 1,
  'mail-blocked': 1,
  'no-workers': 1,
  stuck: 1,
  limited: 1,
  'many-rejected': 1,
  held: 1,
  'many-deferred': 1,
  'counts-differ': 1,
  'places-differ': 1,
} satisfies Record<Attention['kind'], 1>);

/** What becomes of series and their issues: series × issues × outcomes of them, however many readers there are. */
export const SERIES_METRICS: readonly Metric[] = [
  counter(
    'partwork_deliveries_total',
    'Outcomes of mails. Settled: accepted, rejected, suppressed, skipped (who left while waiting included). Not yet: deferred (put off by the server), uncertain (nobody could know whether a copy was taken).',
    ['series', 'outcome'],
    ({ overview }) => overview.series.flatMap(outcomesOf),
  ),
  counter(
    'partwork_replies_total',
    'Answers of mail servers other than 250, by what became of the mail (deferred, rejected, uncertain) and by code and enhanced status.',
    ['series', 'kind', 'reply'],
    repliesOf,
  ),
  gauge(
    'partwork_issue_audience',
    'Readers who have had, have or will have this issue ahead: the sum of partwork_issue_readers.',
    ['series', 'issue'],
    ofIssues(({ audience }) => audience),
  ),
  gauge(
    'partwork_issue_readers',
    'How the audience of an issue divides: accepted, waiting, deferred, rejected, suppressed, skipped, uncertain.',
    ['series', 'issue', 'part'],
    partsOfIssues,
  ),
  gauge(
    'partwork_issue_held',
    'Of the uncertain readers of an issue: those whom the operator has to decide about.',
    ['series', 'issue'],
    ofIssues(({ held }) => held),
  ),
  gauge(
    'partwork_issue_adds_up',
    '1 = every reader of the audience is accounted for; 0 is a bug to report.',
    ['series', 'issue'],
    ofIssues((issue) => oneIf(issue.addsUp)),
  ),
  gauge(
    'partwork_series_due',
    'Mails that are due now and not yet sent.',
    ['series'],
    ofSeries(({ issues }) => issues.reduce((n, { due }) => n + due, 0)),
  ),
  gauge(
    'partwork_series_oldest_due_age_seconds',
    'How late a running series is: for how long the mail has been due that has waited longest. 0 = none is due.',
    ['series'],
    ofSeries(({ now, dueSince }) => ageOf(now, dueSince)),
  ),
  gauge(
    'partwork_series_next_due_timestamp_seconds',
    'When anybody is due next, or was due first; not there while nobody waits for anything.',
    ['series'],
    ({ overview }) =>
      overview.series.flatMap(({ plan, nextDueAt }): Reading[] =>
        nextDueAt === undefined ? [] : [[{ series: plan.series }, nextDueAt / 1_000]],
      ),
  ),
  gauge(
    'partwork_series_state',
    '1 for the state a series is in: running, paused, cancelled.',
    ['series', 'state'],
    eachOf('state', STATES, ({ plan }, state) => oneIf(plan.state === state)),
  ),
  gauge(
    'partwork_series_stuck',
    '1 = mail is due and there is no progress, though somebody sends.',
    ['series'],
    ofSeries((status) => oneIf(kindsOf(status, 'stuck') > 0)),
  ),
  gauge(
    'partwork_series_attention',
    'How many things of a kind a person should know about a series, as partwork status tells them.',
    ['series', 'kind'],
    eachOf('kind', ATTENTIONS, kindsOf),
  ),
  gauge(
    'partwork_subscriptions',
    'Subscriptions: active, left, or bounced (ended because the address is dead or must not be mailed).',
    ['series', 'state'],
    ({ overview }) => overview.series.flatMap(subscriptionsOf),
  ),
  counter(
    'partwork_subscriptions_begun_total',
    'Subscriptions ever begun: active, left and bounced ones.',
    ['series'],
    ofSeries(({ joined }) => joined),
  ),
];

/** Seconds since something is due; 0 = nothing is. */
export const ageOf = (now: Instant, since: Instant | undefined): number =>
  since === undefined ? 0 : Math.max(0, (now - since) / 1_000);

function partsOfIssues({ overview }: Figures): Reading[] {
  return overview.series.flatMap(({ plan, issues }) =>
    issues.flatMap((issue) =>
      AUDIENCE_PARTS.map((part): Reading => [{ series: plan.series, issue: issue.issue, part }, issue[part]]),
    ),
  );
}

function outcomesOf({ plan: { series }, issues }: SeriesStatus): Reading[] {
  const sum = (of: (issue: IssueStatus) => number) => issues.reduce((n, issue) => n + of(issue), 0);
  return [
    [{ series, outcome: 'accepted' }, sum(({ accepted }) => accepted)],
    [{ series, outcome: 'rejected' }, sum(({ rejected, sentAgain }) => rejected + sentAgain.rejected)],
    [
      { series, outcome: 'suppressed' },
      sum(({ suppressed, sentAgain }) => suppressed + sentAgain.suppressed),
    ],
    [{ series, outcome: 'skipped' }, sum(({ skipped, sentAgain }) => skipped + sentAgain.skipped)],
    [{ series, outcome: 'deferred' }, sum(({ deferrals }) => deferrals)],
    [{ series, outcome: 'uncertain' }, sum(({ doubts }) => doubts)],
  ];
}

function subscriptionsOf({ plan: { series }, readers, ended, bounced }: SeriesStatus): Reading[] {
  return [
    [{ series, state: 'active' }, readers],
    [{ series, state: 'left' }, ended - bounced],
    [{ series, state: 'bounced' }, bounced],
  ];
}

function kindsOf({ attention }: SeriesStatus, wanted: string): number {
  return attention.filter(({ kind }) => kind === wanted).length;
}

function ofSeries(value: (status: SeriesStatus) => number): Metric['read'] {
  return ({ overview }) =>
    overview.series.map((status): Reading => [{ series: status.plan.series }, value(status)]);
}

function ofIssues(value: (issue: IssueStatus) => number): Metric['read'] {
  return ({ overview }) =>
    overview.series.flatMap(({ plan, issues }) =>
      issues.map((issue): Reading => [{ series: plan.series, issue: issue.issue }, value(issue)]),
    );
}

/** For each series a reading for each of a closed list of values of a label. */
function eachOf(
  label: string,
  values: readonly string[],
  value: (status: SeriesStatus, of: string) => number,
): Metric['read'] {
  return ({ overview }) =>
    overview.series.flatMap((status) =>
      values.map((one): Reading => {
        const labels: Labels = { series: status.plan.series, [label]: one };
        return [labels, value(status, one)];
      }),
    );
}
