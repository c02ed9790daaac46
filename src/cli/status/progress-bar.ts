import type { AudienceParts } from '../../domain/issue-counts.ts';
import type { Paper, Span, Style } from '../styled-line.ts';

export type Part = keyof AudienceParts;

interface Look {
  readonly block: string;
  readonly ascii: string;
  readonly style: Style;
}

/** In the order in which a bar shows them: what is settled first, what is ahead last. */
export const PARTS: Readonly<Record<Part, Look>> = {
  accepted: { block: '█', ascii: '#', style: 'green' },
  rejected: { block: 'x', ascii: 'x', style: 'red' },
  suppressed: { block: '!', ascii: '!', style: 'red' },
  skipped: { block: '-', ascii: '-', style: 'gray' },
  uncertain: { block: '▒', ascii: '?', style: 'magenta' },
  deferred: { block: '▓', ascii: '~', style: 'yellow' },
  waiting: { block: '░', ascii: '.', style: 'gray' },
};

export const partNames = Object.keys(PARTS) as Part[];

/** An issue's audience as a bar of so many columns. Without an audience it is empty. */
export function progressBar(parts: AudienceParts, width: number, { blocks }: Pick<Paper, 'blocks'>): Span[] {
  const cells = cellsOf(parts, width);
  const spans = partNames
    .filter((part) => cells[part] > 0)
    .map((part): Span => {
      const { block, ascii, style } = PARTS[part];
      return { text: (blocks ? block : ascii).repeat(cells[part]), style };
    });
  return spans.length > 0 ? spans : [{ text: ' '.repeat(width) }];
}

/**
 * How many columns each part has: by largest remainder, and at least one for whoever is there, so that one reader in a million is seen
 * and nothing looks done that is not. Where there are fewer columns than parts, the largest parts have them.
 */
export function cellsOf(parts: AudienceParts, width: number): AudienceParts {
  const audience = partNames.reduce((n, part) => n + parts[part], 0);
  const cells = Object.fromEntries(partNames.map((part) => [part, 0])) as Record<Part, number>;
  if (audience === 0) return cells;
  const there = partNames.filter((part) => parts[part] > 0).toSorted((a, b) => parts[b] - parts[a]);
  const seen = there.slice(0, width);
  const share = (part: Part) => (parts[part] / audience) * width;
  for (const part of seen) cells[part] = Math.max(1, Math.floor(share(part)));
  const filled = () => seen.reduce((n, part) => n + cells[part], 0);
  while (filled() > width)
    cells[mostOf(seen, (part) => (cells[part] > 1 ? cells[part] - share(part) : -width))] -= 1;
  while (filled() < width) cells[mostOf(seen, (part) => share(part) - cells[part])] += 1;
  return cells;
}

const mostOf = (among: readonly Part[], measure: (part: Part) => number): Part =>
  among.reduce((most, part) => (measure(part) > measure(most) ? part : most));
