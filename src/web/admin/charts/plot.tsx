import type { Child } from 'hono/jsx';
import type { Locale } from '../../../domain/locale.ts';
import type { Axis } from './axis.ts';
import { shortNumber } from './numbers.ts';

/** A word below the plot, at a part of its width. */
export interface PlotLabel {
  readonly percent: number;
  readonly text: string;
  /** Left out where there is little room. */
  readonly isMinor?: boolean;
}

interface PlotProps {
  /** Of this plot among all of the page. */
  readonly id: string;
  readonly title: string;
  /** The gist of it, for who does not see it. */
  readonly says: string;
  readonly axis: Axis;
  readonly locale: Locale;
  readonly labels: readonly PlotLabel[];
  readonly children?: Child;
}

const TOP = 8;
const BOTTOM = 22;

/** Between the top of the axis and its zero, in pixels: the same on every screen. */
export const PLOT_HEIGHT = 132;
const WHOLE_HEIGHT = TOP + PLOT_HEIGHT + BOTTOM;
/** The plot's zero. */
export const GROUND = TOP + PLOT_HEIGHT;

/**
 * What charts have in common: a scale, lines and words below. It has no viewBox: across it is measured in parts of the width, down in
 * pixels, so that bars fill whatever room there is and words stay as large as words are.
 */
export const Plot = ({ id, title, says, axis, locale, labels, children }: PlotProps) => (
  <div class="plot-room">
    <div class="plot">
      <svg class="plot-scale" height={WHOLE_HEIGHT} aria-hidden="true">
        {axis.ticks.map((tick) => (
          <text x="100%" y={yOf(tick, axis)} dy="0.32em" text-anchor="end">
            {shortNumber(tick, locale)}
          </text>
        ))}
      </svg>
      <svg
        class="plot-area"
        height={WHOLE_HEIGHT}
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-says`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-says`}>{says}</desc>
        {axis.ticks.map((tick) => (
          <line
            class={tick === 0 ? 'plot-ground' : 'plot-line'}
            x1="0"
            x2="100%"
            y1={yOf(tick, axis)}
            y2={yOf(tick, axis)}
          />
        ))}
        {children}
        {labels.map(({ percent, text, isMinor }) => (
          <text
            class={isMinor === true ? 'plot-minor' : undefined}
            x={`${percent}%`}
            y={WHOLE_HEIGHT - 5}
            text-anchor={anchorOf(percent)}
          >
            {text}
          </text>
        ))}
      </svg>
    </div>
  </div>
);

/** Whole half pixels, so that lines are sharp. */
export const yOf = (n: number, { top }: Axis): number => Math.round(GROUND - (n / top) * PLOT_HEIGHT) + 0.5;

const anchorOf = (percent: number): 'start' | 'middle' | 'end' => {
  if (percent <= 2) return 'start';
  return percent >= 98 ? 'end' : 'middle';
};
