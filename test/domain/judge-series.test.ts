import { describe, expect, test } from 'vitest';
import { describeAttention, isTrouble, type Attention } from '../../src/domain/attention.ts';
import { attentionTo } from '../../src/domain/judge-series.ts';
import type { IssueStatus, SeriesStatus } from '../../src/domain/series-status.ts';
import type { Limited } from '../../src/domain/sending-limits.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { STUCK_AFTER_MS, type Progress } from '../../src/domain/stuck.ts';
import { planWith } from '../support/ledger.ts';

const NOBODY = {
  held: 0,
  accepted: 0,
  rejected: 0,
  deferred: 0,
  suppressed: 0,
  skipped: 0,
  left: 0,
  deferrals: 0,
  doubts: 0,
  due: 0,
};

const issue = (more: Partial<IssueStatus> = {}): IssueStatus =>
  ({ ...NOBODY, issue: 'one', addsUp: true, ...more }) as IssueStatus;

const status = (issues: readonly IssueStatus[], more: Partial<SeriesStatus> = {}): SeriesStatus =>
  ({ plan: planWith(['one']), issues, readers: 3, ...more }) as SeriesStatus;

interface Around {
  readonly trouble: string | undefined;
  readonly isWorking: boolean;
  readonly progress: ReadonlyMap<SeriesId, Progress>;
  readonly limited: ReadonlyMap<SeriesId, Limited>;
}
const WELL: Around = { trouble: undefined, isWorking: true, progress: new Map(), limited: new Map() };
const LIMITED = new Map([[planWith([]).series, { by: '50/s', goesOnAt: 0, lastsUntil: 0 }]]);
const STILL = new Map([[planWith([]).series, { settled: 0, since: 0 }]]);
const LATE: Partial<SeriesStatus> = { now: STUCK_AFTER_MS, nextDueAt: 0, dueSince: 0 };

describe('what a person should know of a series', () => {
  test.each<[string, SeriesStatus, number, Partial<Around>, string[]]>([
    ['nothing, when all is well', status([issue()]), 3, {}, []],
    ['a mail server that refuses', status([issue()]), 3, { trouble: '421 away' }, ['mail-blocked']],
    [
      'nobody who sends what is due',
      status([issue()], { dueSince: 1 }),
      3,
      { isWorking: false },
      ['no-workers'],
    ],
    ['nothing moving', status([issue({ due: 1 })], LATE), 3, { progress: STILL }, ['stuck']],
    [
      'nothing moving for want of workers',
      status([issue({ due: 1 })], LATE),
      3,
      { progress: STILL, isWorking: false },
      ['no-workers'],
    ],
    [
      'mail kept to a limit, which is not stuck',
      status([issue({ due: 1 })], LATE),
      3,
      { progress: STILL, limited: LIMITED },
      ['limited'],
    ],
    ['nothing while nobody sends and nothing is due', status([issue()]), 3, { isWorking: false }, []],
    ['four refusals are no alarm', status([issue({ rejected: 4 })]), 3, {}, []],
    ['five of fifty are', status([issue({ rejected: 5, accepted: 45 })]), 3, {}, ['many-rejected']],
    ['five of fifty-one are not', status([issue({ rejected: 5, accepted: 46 })]), 3, {}, []],
    ['five put off', status([issue({ deferred: 5 })]), 3, {}, ['many-deferred']],
    ['one held', status([issue({ held: 1 })]), 3, {}, ['held']],
    ['counts that do not add up', status([issue({ addsUp: false })]), 3, {}, ['counts-differ']],
    ['readers without a place', status([issue()]), 2, {}, ['places-differ']],
    [
      'a series that paused itself',
      status([issue()], { plan: planWith(['one'], { state: 'paused', stateReason: 'refused' }) }),
      3,
      {},
      ['not-running'],
    ],
    [
      'the worst first',
      status([issue({ held: 1, rejected: 9 })], { dueSince: 1 }),
      2,
      { trouble: '421 away', isWorking: false },
      ['mail-blocked', 'no-workers', 'many-rejected', 'held', 'places-differ'],
    ],
  ])('%s', (_, seen, placed, around, kinds) => {
    const isOverdue = seen.dueSince !== undefined;
    const attention = attentionTo(seen, { placed, isOverdue }, { ...WELL, ...around });
    expect(attention.map(({ kind }) => kind)).toEqual(kinds);
  });
});

const series = planWith([]).series;
const one = 'one' as IssueStatus['issue'];
const EVERY: readonly Attention[] = [
  { kind: 'not-running', series, state: 'paused', reason: 'refused' },
  { kind: 'mail-blocked', reason: '421 away' },
  { kind: 'no-workers', series },
  { kind: 'stuck', series, since: 0, due: 2 },
  { kind: 'many-rejected', series, issue: one, rejected: 5, tried: 9 },
  { kind: 'held', series, issue: one, held: 1 },
  { kind: 'many-deferred', series, issue: one, deferred: 5 },
  { kind: 'counts-differ', series, issue: one },
  { kind: 'places-differ', series, readers: 3, placed: 2 },
];

test.each(EVERY)('$kind is said in a sentence, and a command is one of ours', (attention) => {
  const { says, command } = describeAttention(attention);
  expect(says).toMatch(/^["A-Z0-9].*\.$/s);
  expect(command ?? 'partwork').toMatch(/^partwork\b/);
});

test('trouble is what keeps mail from going out', () => {
  expect(EVERY.filter(isTrouble).map(({ kind }) => kind)).toEqual(['mail-blocked', 'no-workers', 'stuck']);
});
