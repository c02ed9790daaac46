import { filledIn } from '../../../domain/filled-in.ts';
import type { BoardView } from '../pages/board-view.ts';
import type { PlotLabel } from './plot.tsx';

const MARKS = [60, 45, 30, 15] as const;

/** The last hour below a plot: how long ago, which is the same in every zone. */
export const hourLabels = ({ words: { board } }: BoardView): PlotLabel[] => [
  ...MARKS.map((minutes) => ({
    percent: (1 - minutes / 60) * 100,
    text: filledIn(board.minutesAgo, { n: minutes }),
    isMinor: minutes % 30 !== 0,
  })),
  { percent: 100, text: board.now },
];
