import type { Cadence, Every } from './cadence.ts';
import { formatEvery } from './every.ts';
import { DAY_MS } from './instant.ts';
import type { SeriesPlan } from './plan.ts';

const SLOWER: readonly Every[] = [
  { kind: 'days', days: 2 },
  { kind: 'days', days: 7 },
  { kind: 'days', days: 14 },
];

/** The paces of a series that says nothing about them: those of 2d, 1w, 2w that are slower than its own. None for a gap of hours, or none. */
export function usualPaces(every: Every): readonly Every[] {
  return every.kind === 'elapsed' ? [] : SLOWER.filter((pace) => averageMs(pace) > averageMs(every));
}

/** Whether a reader may choose this gap for themselves. */
export const isOffered = ({ about }: Pick<SeriesPlan, 'about'>, pace: Every): boolean =>
  about.paces.some((offered) => isSameGap(offered, pace));

/**
 * A series' cadence as one reader has it. A pace that is not offered any more gives way to the series' own gap: what was slower once
 * may be faster than the writer writes now.
 */
export function cadenceOf(plan: Pick<SeriesPlan, 'about' | 'cadence'>, pace: Every | undefined): Cadence {
  return pace === undefined || !isOffered(plan, pace) ? plan.cadence : { ...plan.cadence, every: pace };
}

export const isSameGap = (a: Every, b: Every): boolean => formatEvery(a) === formatEvery(b);

function averageMs(every: Every): number {
  if (every.kind === 'elapsed') return every.ms;
  return (every.kind === 'days' ? every.days : 7 / every.weekdays.length) * DAY_MS;
}
