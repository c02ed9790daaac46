import { describeAttention, titleIn, type Attention } from '../../domain/attention.ts';
import type { SeriesStatus } from '../../domain/series-status.ts';
import { plainText } from '../plain-text.ts';
import { styled, wrapped, type Line, type Paper } from '../styled-line.ts';

/** The worst first: nothing goes out, somebody has to decide, it may get better by itself. */
const RANKS: Readonly<Record<Attention['kind'], number>> = {
  'mail-blocked': 0,
  'no-workers': 1,
  stuck: 2,
  'not-running': 3,
  'many-rejected': 4,
  held: 5,
  'many-deferred': 6,
  limited: 7,
  'counts-differ': 8,
  'places-differ': 9,
};
const LONGEST = 1_000;

/** What needs attention in all of these series, in words, with the command that mends it; what is everybody's is said once. */
export function concernsOf(all: readonly SeriesStatus[]): string[] {
  const several = all.length > 1;
  const ranked = all
    .flatMap(({ attention, issues }) => attention.map((one) => ({ one, title: titleIn(issues, one) })))
    .toSorted((a, b) => RANKS[a.one.kind] - RANKS[b.one.kind])
    .map(({ one, title }) => {
      const { says, command } = describeAttention(one, title);
      const where = several && 'series' in one ? `${one.series}: ` : '';
      return plainText(`${where}${says}${command === undefined ? '' : ` \`${command}\``}`, LONGEST);
    });
  return [...new Set(ranked)];
}

export const concernLines = (all: readonly SeriesStatus[], { columns }: Paper): Line[] =>
  concernsOf(all).flatMap((text) =>
    wrapped(`! ${text}`, columns, { rest: 2 }).map((line) => styled('yellow', line)),
  );
