import type { Paper } from '../styled-line.ts';

const BLOCKS = '▁▂▃▄▅▆▇█';
const ASCII = '_.-=+*%#';

/**
 * Numbers as one line of so many columns, the newest at the right. The height is a part of the greatest; only nothing is blank, so that
 * one mail in a minute is seen.
 */
export function sparkline(
  values: readonly number[],
  columns: number,
  { blocks }: Pick<Paper, 'blocks'>,
): string {
  const shown = values.slice(-columns);
  const top = Math.max(...shown, 0);
  const levels = blocks ? BLOCKS : ASCII;
  const line = shown.map((value) => (value <= 0 ? ' ' : levels[levelOf(value, top, levels.length)])).join('');
  return line.padStart(columns);
}

const levelOf = (value: number, top: number, levels: number): number =>
  Math.min(levels - 1, Math.ceil((value / top) * levels) - 1);
