import { HOUR_MS, MINUTE_MS, type Instant } from '../../../domain/instant.ts';
import type { Minute, Overview, Sample, Totals } from '../../../domain/overview.ts';
import { minutesOf, sampleOf } from '../../../domain/sample.ts';
import type { SeriesId } from '../../../domain/series.ts';

/** The last hour as charts show it. */
export interface LastHour {
  /** Sixty minutes, the present one last; empty when nothing is known of before. */
  readonly minutes: readonly Minute[];
  /** What was seen, the present last. */
  readonly samples: readonly Sample[];
  /** Since when there is something to compare with; absent = there is nothing. */
  readonly since?: Instant;
}

const NONE: Totals = { accepted: 0, deferrals: 0, rejected: 0, doubts: 0 };

/** Of all series, or of one: samples others took, and the overview itself as the latest. */
export function lastHourOf(overview: Overview, series?: SeriesId): LastHour {
  const now = sampleOf(overview);
  const earlier = overview.timeline.filter(({ at }) => at < now.at);
  const samples = [...earlier, now].map((sample) =>
    series === undefined ? sample : ofSeries(sample, series),
  );
  const [first] = earlier;
  if (first === undefined) return { minutes: [], samples };
  return {
    minutes: minutesOf(samples, now.at - HOUR_MS + MINUTE_MS),
    samples,
    since: Math.max(first.at, now.at - HOUR_MS),
  };
}

const ofSeries = (sample: Sample, series: SeriesId): Sample => ({
  ...sample,
  ...(Object.hasOwn(sample.series, series) ? sample.series[series] : NONE),
});

/** The zone whose hours are shown: that of the series when they have one in common, else UTC. */
export function zoneOf({ series }: Pick<Overview, 'series'>): string {
  const zones = new Set(series.map(({ plan }) => plan.cadence.timezone));
  const [only] = zones;
  return zones.size === 1 && only !== undefined ? only : 'UTC';
}
