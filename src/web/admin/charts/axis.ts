/** An axis that begins at 0: round whole steps, as people count. */
export interface Axis {
  readonly top: number;
  /** From 0 to the top; two at least. */
  readonly ticks: readonly number[];
}

const ROUND = [1, 2, 5, 10];
const STEPS = 3;

/** The axis for numbers up to `max`: about three steps of 1, 2 or 5 times a power of ten. Nothing at all has the axis of one. */
export function axisFor(max: number): Axis {
  const rough = Math.max(1, max) / STEPS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = ROUND.find((one) => one * power >= rough) ?? 10;
  const step = Math.max(1, Math.round(round * power));
  const count = Math.max(1, Math.ceil(max / step));
  return { top: count * step, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) };
}
