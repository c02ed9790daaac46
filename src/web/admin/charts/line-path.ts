import { rounded } from './bars.ts';

/** A place in a picture of 1000 × 100, which is stretched to fit. */
export interface Point {
  readonly x: number;
  /** From the top. */
  readonly y: number;
}

export const LINE_BOX = { width: 1000, height: 100 } as const;

/** `M0 100L500 20…`; '' for no points. A single one becomes a line across, so that it is seen. */
export function linePath(points: readonly Point[]): string {
  const [only] = points;
  const drawn =
    points.length === 1 && only !== undefined
      ? [
          { x: 0, y: only.y },
          { x: LINE_BOX.width, y: only.y },
        ]
      : points;
  return drawn.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`).join('');
}

/** The same with all below it. */
export function areaPath(points: readonly Point[]): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '';
  const [from, to] = points.length === 1 ? [0, LINE_BOX.width] : [first.x, last.x];
  return `${linePath(points)}L${rounded(to)} ${LINE_BOX.height}L${rounded(from)} ${LINE_BOX.height}Z`;
}

/** Values one after the other across the whole width, from 0 at the bottom to `top`. */
export const pointsAcross = (values: readonly number[], top: number): Point[] =>
  values.map((value, index) => ({
    x: values.length === 1 ? 0 : (index / (values.length - 1)) * LINE_BOX.width,
    y: LINE_BOX.height - (value / Math.max(1, top)) * LINE_BOX.height,
  }));
