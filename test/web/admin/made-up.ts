import type { Cadence } from '../../../src/domain/cadence.ts';
import type { IssueId } from '../../../src/domain/issue.ts';
import { LOCALES, type Locale } from '../../../src/domain/locale.ts';
import type { Overview } from '../../../src/domain/overview.ts';
import type { SeriesPlan } from '../../../src/domain/plan.ts';
import type { IssueStatus, SeriesStatus } from '../../../src/domain/series-status.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import { loadWebWords } from '../../../src/compose/web-words.ts';
import { issueSample, seriesSample } from '../../support/status-samples.ts';
import type { BoardView } from '../../../src/web/admin/pages/board-view.ts';

/** Numbers as an overview has them, made up: whatever is not given is zero. */
export const NOW = Date.UTC(2026, 2, 31, 12, 34, 56);

export const issueOf = (more: Partial<IssueStatus> = {}): IssueStatus =>
  issueSample({ issue: 'frost' as IssueId, title: 'Frost', audience: 0, ...more });

interface MadeUpSeries extends Partial<Omit<SeriesStatus, 'plan'>> {
  readonly id?: string;
  readonly title?: string;
  readonly state?: SeriesPlan['state'];
  readonly timezone?: string;
  readonly cadence?: Partial<Cadence>;
}

export function seriesOf({
  id = 'garden',
  title = 'Garden',
  state = 'running',
  timezone = 'UTC',
  cadence,
  ...more
}: MadeUpSeries = {}): SeriesStatus {
  return seriesSample([issueOf()], {
    now: NOW,
    readers: 0,
    joined: 0,
    ...more,
    plan: {
      series: id as SeriesId,
      title,
      state,
      startAt: 0,
      cadence: { every: { kind: 'days', days: 1 }, timezone, ...cadence },
    },
  });
}

export const overviewOf = (more: Partial<Overview> = {}): Overview => ({
  now: NOW,
  series: [],
  workers: [],
  queues: [{ queue: 'deliveries', waiting: 0, active: 0, delayed: 0, failed: 0 }],
  people: { active: 0, left: 0, bounced: 0, suppressed: 0 },
  totals: { accepted: 0, deferrals: 0, rejected: 0, doubts: 0 },
  timeline: [],
  days: [],
  ...more,
});

/** Whom made-up pages are for, in each language. */
export async function madeUpViews(): Promise<(readonly [Locale, BoardView])[]> {
  const words = await loadWebWords();
  if ('severity' in words) throw new Error(words.message);
  return LOCALES.map((locale) => {
    const own = words.get(locale);
    if (own === undefined) throw new Error(`No words for ${locale}.`);
    return [
      locale,
      { locale, words: own, asked: `?lang=${locale}`, baseUrl: 'https://letters.example.com' },
    ] as const;
  });
}
