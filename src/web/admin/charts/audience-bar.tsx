import type { AudienceParts } from '../../../domain/issue-counts.ts';
import type { BoardView } from '../pages/board-view.ts';
import { rounded } from './bars.ts';
import { numberWords } from './numbers.ts';

/** In the order they are drawn: what is done, what went wrong, what is to come. */
export const PARTS = [
  'accepted',
  'uncertain',
  'rejected',
  'suppressed',
  'skipped',
  'deferred',
  'waiting',
] as const satisfies readonly (keyof AudienceParts)[];

export type Part = (typeof PARTS)[number];

interface AudienceBarProps {
  readonly view: BoardView;
  readonly id: string;
  /** Of whom: an issue's title, as it may be shown. */
  readonly title: string;
  readonly parts: AudienceParts;
}

/** How an issue's audience divides, as one bar; the same in words for who does not see it. */
export const AudienceBar = ({ view, id, title, parts }: AudienceBarProps) => (
  <svg class="audience" role="img" aria-labelledby={`${id}-title`} aria-describedby={`${id}-says`}>
    <title id={`${id}-title`}>{title}</title>
    <desc id={`${id}-says`}>{partsSay(parts, view)}</desc>
    <rect class="audience-ground" width="100%" height="100%" />
    {segmentsOf(parts).map(({ part, x, width }) => (
      <rect class={`kind-${part}`} x={`${x}%`} width={`${width}%`} height="100%" />
    ))}
  </svg>
);

/** `Accepted 850, waiting 150`: those that are there. */
export function partsSay(parts: AudienceParts, { words: { board }, locale }: BoardView): string {
  const said = PARTS.filter((part) => parts[part] > 0).map(
    (part) => `${board[part]} ${numberWords(parts[part], locale)}`,
  );
  return said.length === 0 ? board.nobody : said.join(locale === 'en' ? ', ' : '，');
}

export interface Segment {
  readonly part: Part;
  /** In per cent. */
  readonly x: number;
  readonly width: number;
}

/** So that one refusal among a million is still seen. */
const LEAST_PERCENT = 0.6;

/** Parts side by side, together the whole width. */
export function segmentsOf(parts: AudienceParts): Segment[] {
  const all = PARTS.reduce((n, part) => n + parts[part], 0);
  const there = PARTS.filter((part) => parts[part] > 0).map((part) => ({
    part,
    share: Math.max(LEAST_PERCENT, (parts[part] / all) * 100),
  }));
  const shares = there.reduce((n, { share }) => n + share, 0);
  let x = 0;
  return there.map(({ part, share }) => {
    const width = (share / shares) * 100;
    const segment = { part, x: rounded(x), width: rounded(width) };
    x += width;
    return segment;
  });
}
