import type { Axis } from './axis.ts';
import { GROUND, PLOT_HEIGHT } from './plot.tsx';

/** One piece of a stacked bar: its kind, and where it stands in pixels from the top of the plot. */
export interface BarPiece {
  readonly kind: string;
  readonly y: number;
  readonly height: number;
}

export interface Bar {
  /** In per cent of the plot's width. */
  readonly x: number;
  readonly width: number;
  /** From the ground up. */
  readonly pieces: readonly BarPiece[];
}

const GAP = 0.18;
/** One refusal among a million is still seen. */
const LEAST_HEIGHT = 2;

/** Bars side by side, each a stack of parts, the first at the ground. A part of nothing has no piece. */
export function stackedBars(
  columns: readonly Readonly<Record<string, number>>[],
  kinds: readonly string[],
  axis: Axis,
): Bar[] {
  const step = 100 / Math.max(1, columns.length);
  return columns.map((column, index) => ({
    x: rounded(index * step + (step * GAP) / 2),
    width: rounded(step * (1 - GAP)),
    pieces: piecesOf(column, kinds, axis),
  }));
}

function piecesOf(
  column: Readonly<Record<string, number>>,
  kinds: readonly string[],
  { top }: Axis,
): BarPiece[] {
  let y = GROUND;
  const pieces: BarPiece[] = [];
  for (const kind of kinds) {
    const n = column[kind] ?? 0;
    if (n <= 0) continue;
    const height = Math.max(LEAST_HEIGHT, rounded((n / top) * PLOT_HEIGHT));
    y -= height;
    pieces.push({ kind, y: rounded(y), height });
  }
  return pieces;
}

export const rounded = (n: number): number => Math.round(n * 100) / 100;
