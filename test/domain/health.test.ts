import { describe, expect, test } from 'vitest';
import type { Attention } from '../../src/domain/attention.ts';
import { healthHere, healthOf } from '../../src/domain/health.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { Overview, WorkerSeen } from '../../src/domain/overview.ts';
import type { SeriesStatus } from '../../src/domain/series-status.ts';
import type { SeriesId } from '../../src/domain/series.ts';

const series = 'garden' as SeriesId;
const issue = 'frost' as IssueId;
const worker = (id: string): WorkerSeen => ({ id, startedAt: 0, seenAt: 0, connections: 5 });

const overviewWith = (attention: readonly Attention[], more: Partial<Overview> = {}): Overview => ({
  now: 0,
  series: [{ attention, issues: [] } as unknown as SeriesStatus],
  workers: [worker('mars:1')],
  queues: [],
  people: { active: 0, left: 0, bounced: 0, suppressed: 0 },
  totals: { accepted: 0, deferrals: 0, rejected: 0, doubts: 0 },
  timeline: [],
  days: [],
  ...more,
});

const failing = (overview: Overview) =>
  healthOf(overview)
    .filter(({ ok }) => !ok)
    .map(({ check }) => check);

describe('what a check finds', () => {
  test.each<readonly [string, Overview, readonly string[]]>([
    ['nothing', overviewWith([]), []],
    ['nobody who sends', overviewWith([], { workers: [] }), ['workers']],
    ['a mail server that refuses', overviewWith([], { trouble: 'answer to AUTH: 535 no' }), ['mail-server']],
    ['a series that is stuck', overviewWith([{ kind: 'stuck', series, since: 0, due: 3 }]), ['progress']],
    [
      'a series that stopped by itself',
      overviewWith([{ kind: 'not-running', series, state: 'paused', reason: 'ten refusals in a row' }]),
      ['series'],
    ],
    ['counts that differ', overviewWith([{ kind: 'counts-differ', series, issue }]), ['counts']],
    [
      'places that differ',
      overviewWith([{ kind: 'places-differ', series, readers: 2, placed: 1 }]),
      ['counts'],
    ],
    // These are for a person to decide, and go on by themselves; nobody is woken for them.
    [
      'no trouble',
      overviewWith([
        { kind: 'held', series, issue, held: 1 },
        { kind: 'many-deferred', series, issue, deferred: 9 },
        { kind: 'many-rejected', series, issue, rejected: 9, tried: 10 },
      ]),
      [],
    ],
  ])('%s', (_, overview, expected) => {
    expect(failing(overview)).toEqual(expected);
  });

  test('says which series, and why', () => {
    const stopped: Attention = { kind: 'not-running', series, state: 'paused', reason: 'ten refusals' };
    expect(healthOf(overviewWith([stopped])).find(({ ok }) => !ok)?.says).toBe(
      'garden: The series is paused: ten refusals.',
    );
  });
});

test.each([
  ['mars', true],
  ['venus', true],
  ['mar', false],
  ['mars:1', false],
  ['::1', true],
  ['', false],
])('a worker of %j lives: %s', (host, ok) => {
  const workers = ['mars:1', 'venus:22', '::1:7'].map(worker);
  expect(healthHere({ workers }, host).ok).toBe(ok);
});
