import type { Cadence } from '../../src/domain/cadence.ts';
import type { Attention } from '../../src/domain/attention.ts';
import type { Present } from '../../src/domain/overview.ts';
import type { AudienceParts } from '../../src/domain/issue-counts.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { Mailbox } from '../../src/domain/mailbox.ts';
import type { SeriesPlan } from '../../src/domain/plan.ts';
import type { IssueStatus, SeriesStatus } from '../../src/domain/series-status.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { sumOf, totalsOf } from '../../src/domain/sample.ts';

/** A Monday, 09:12:03 in UTC. */
export const NOW = Date.parse('2026-11-30T09:12:03Z');

const cadence: Cadence = { every: { kind: 'days', days: 1 }, at: 8 * 60, timezone: 'UTC' };

/** The audience of an issue that nobody reads. */
export const NOBODY: AudienceParts = {
  accepted: 0,
  waiting: 0,
  deferred: 0,
  rejected: 0,
  suppressed: 0,
  skipped: 0,
  uncertain: 0,
};

/** An issue whose audience is the sum of what is given, unless that is given as well. */
export function issueSample(given: Partial<IssueStatus> = {}): IssueStatus {
  const all = { ...NOBODY, ...given };
  const { accepted, waiting, deferred, rejected, suppressed, skipped, uncertain } = all;
  return {
    issue: `issue-${given.number ?? 1}` as IssueId,
    number: 1,
    title: `Title ${given.number ?? 1}`,
    state: 'waiting',
    addsUp: true,
    toCome: 0,
    left: 0,
    held: 0,
    due: 0,
    sentAgain: { rejected: 0, suppressed: 0, skipped: 0 },
    deferrals: 0,
    doubts: 0,
    audience: accepted + waiting + deferred + rejected + suppressed + skipped + uncertain,
    ...all,
  };
}

export function seriesSample(
  issues: readonly IssueStatus[],
  given: Partial<Omit<SeriesStatus, 'plan'>> & { plan?: Partial<SeriesPlan> } = {},
): SeriesStatus {
  const { plan, ...rest } = given;
  return {
    now: NOW,
    issues,
    readers: 50,
    caughtUp: 0,
    joined: 50,
    ended: 0,
    bounced: 0,
    acceptedLastMinute: 0,
    attention: [],
    ...rest,
    plan: {
      series: 'garden' as SeriesId,
      title: 'A garden',
      revision: 1,
      state: 'running',
      startAt: NOW - 1_000,
      cadence,
      join: 'first',
      about: { description: '', language: 'en', from: {} as Mailbox, paces: [], letters: [] },
      chosen: {},
      issues: [],
      moves: [],
      ...plan,
    },
  };
}

export const presentSample = (series: readonly SeriesStatus[], given: Partial<Present> = {}): Present => ({
  now: NOW,
  series,
  workers: [{ id: 'mars:4711', startedAt: NOW - 60_000, seenAt: NOW, connections: 4 }],
  queues: [{ queue: 'deliveries', waiting: 8, active: 2, delayed: 0, failed: 0 }],
  people: { active: 50, left: 0, bounced: 0, suppressed: 0 },
  totals: sumOf(series.map(totalsOf)),
  ...given,
});

const garden = 'garden' as SeriesId;
const frost = 'frost' as IssueId;

/** One of each kind. */
export const ATTENTION: { readonly [K in Attention['kind']]: Extract<Attention, { kind: K }> } = {
  'mail-blocked': { kind: 'mail-blocked', reason: '421 come later' },
  'no-workers': { kind: 'no-workers', series: garden },
  limited: { kind: 'limited', series: garden, by: '2000/h (PARTWORK_RATE)', goesOnAt: NOW + 300_000 },
  stuck: { kind: 'stuck', series: garden, since: NOW - 60_000, due: 3 },
  'not-running': { kind: 'not-running', series: garden, state: 'paused', reason: 'the sender is refused' },
  'many-rejected': { kind: 'many-rejected', series: garden, issue: frost, rejected: 9, tried: 20 },
  held: { kind: 'held', series: garden, issue: frost, held: 2 },
  'many-deferred': { kind: 'many-deferred', series: garden, issue: frost, deferred: 9 },
  'counts-differ': { kind: 'counts-differ', series: garden, issue: frost },
  'places-differ': { kind: 'places-differ', series: garden, readers: 5, placed: 4 },
};

/** What others may have written: each would do something to a terminal, or hide something. */
export const HOSTILE =
  'Roses\u001b[2J\u001b]0;gone\u0007\u009b31m\r\n\u202egnp.exe\u202c\u0000\u0085\u2028\u200b\ud800<b>';

/** A series in which everything has gone wrong at once, under names that are not friendly. */
export const troubledSeries = (million = 1): SeriesStatus =>
  seriesSample(
    [
      issueSample({
        number: 1,
        title: `${HOSTILE} 讀書會：十二封信`,
        issue: HOSTILE as IssueId,
        state: 'sending',
        accepted: 412_345 * million,
        waiting: 100_001 * million,
        deferred: 50_050 * million,
        rejected: 30_003 * million,
        suppressed: 20_002,
        skipped: 10_001,
        uncertain: 7,
        left: 9_000,
        held: 3,
        due: 100_001,
        deferrals: 70_000,
        doubts: 12,
      }),
      issueSample({
        number: 2,
        title: '第二封',
        state: 'held',
        uncertain: 3,
        held: 3,
        addsUp: false,
        audience: 5,
      }),
      issueSample({ number: 0, title: 'Taken out', state: 'retired' }),
    ],
    {
      plan: { title: HOSTILE, stateReason: HOSTILE },
      dueSince: NOW - 3_600_000,
      nextDueAt: NOW - 3_600_000,
      finishesAt: NOW + 7_200_000,
      acceptedLastMinute: 1_234,
      ended: 9_000,
      bounced: 100,
      attention: Object.values(ATTENTION).map((one) => ('reason' in one ? { ...one, reason: HOSTILE } : one)),
    },
  );
