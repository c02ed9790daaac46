import { textClusters } from './text-clusters.ts';
import { textWidth } from './text-width.ts';

/** How a paragraph stands: the columns it may use, and what its first and its other lines begin with. */
export interface Frame {
  readonly width: number;
  readonly first?: string;
  readonly rest?: string;
}

/**
 * Breaks text into lines of at most `width` columns, a CJK character being two. Breaks between any two CJK characters and at
 * spaces, never inside a `<url>`, never so that a line begins with closing or ends with opening punctuation (kinsoku).
 * A `\n` in the text stays a line break. What cannot be broken may stand over the edge.
 */
export function wrapText(text: string, { width, first = '', rest = '' }: Frame): string[] {
  const lines: string[] = [];
  for (const part of text.split('\n')) {
    const lead = (): string => (lines.length === 0 ? first : rest);
    let line = '';
    let used = textWidth(lead());
    for (const cluster of textClusters(part, width - textWidth(rest))) {
      const gap = cluster.afterSpace && line !== '' ? ' ' : '';
      if (line !== '' && used + gap.length + cluster.width > width) {
        lines.push(lead() + line);
        line = cluster.text;
        used = textWidth(rest) + cluster.width;
      } else {
        line += gap + cluster.text;
        used += gap.length + cluster.width;
      }
    }
    lines.push((lead() + line).trimEnd());
  }
  return lines;
}
