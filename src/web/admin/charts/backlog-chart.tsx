import { filledIn } from '../../../domain/filled-in.ts';
import { HOUR_MS, type Instant } from '../../../domain/instant.ts';
import type { Sample } from '../../../domain/overview.ts';
import type { BoardView } from '../pages/board-view.ts';
import { clockWords } from '../pages/time-words.ts';
import { axisFor } from './axis.ts';
import { DataTable } from './data-table.tsx';
import { hourLabels } from './hour-labels.ts';
import { areaPath, LINE_BOX, linePath, type Point } from './line-path.ts';
import { numberWords } from './numbers.ts';
import { GROUND, Plot, PLOT_HEIGHT } from './plot.tsx';

type Backlog = Pick<Sample, 'at' | 'due' | 'tickets'>;

interface BacklogChartProps {
  readonly view: BoardView;
  /** Of the last hour, oldest first, the present last. */
  readonly samples: readonly Backlog[];
  readonly now: Instant;
  readonly timezone: string;
}

/** Rows of the table: every five minutes is enough to read. */
const ROW_MS = HOUR_MS / 12;

/** How much mail is due and not yet sent, over the last hour. */
export const BacklogChart = ({ view, samples, now, timezone }: BacklogChartProps) => {
  const { words, locale } = view;
  const { board } = words;
  const number = (n: number) => numberWords(n, locale);
  const seen = samples.filter(({ at }) => at >= now - HOUR_MS);
  const most = Math.max(0, ...seen.map(({ due }) => due));
  const due = seen.at(-1)?.due ?? 0;
  const says = filledIn(most === 0 ? board.backlogNone : board.backlogSay, {
    due: number(due),
    most: number(most),
  });
  const axis = axisFor(most);
  const points = pointsOf(seen, now, axis.top);
  return (
    <figure class="chart">
      <figcaption>
        <h2>{board.backlogTitle}</h2>
        <p class="chart-gist">{says}</p>
      </figcaption>
      <Plot
        id="backlog"
        title={board.backlogTitle}
        says={says}
        axis={axis}
        locale={locale}
        labels={hourLabels(view)}
      >
        <svg
          class="plot-line-box"
          y={GROUND - PLOT_HEIGHT}
          width="100%"
          height={PLOT_HEIGHT}
          viewBox={`0 0 ${LINE_BOX.width} ${LINE_BOX.height}`}
          preserveAspectRatio="none"
        >
          <path class="backlog-area" d={areaPath(points)} />
          <path class="backlog-line" d={linePath(points)} vector-effect="non-scaling-stroke" />
        </svg>
      </Plot>
      {most > 0 && (
        <DataTable
          id="backlog-table"
          summary={board.asTable}
          caption={board.backlogTitle}
          heads={[board.time, board.due, board.tickets]}
          rows={everyFewMinutes(seen).map(({ at, due, tickets }) => [
            clockWords(at, timezone, locale),
            number(due),
            number(tickets),
          ])}
        />
      )}
    </figure>
  );
};

const pointsOf = (samples: readonly Backlog[], now: Instant, top: number): Point[] =>
  samples.map(({ at, due }) => ({
    x: (1 - (now - at) / HOUR_MS) * LINE_BOX.width,
    y: LINE_BOX.height - (due / top) * LINE_BOX.height,
  }));

function everyFewMinutes(samples: readonly Backlog[]): Backlog[] {
  const slots = new Map(samples.map((sample) => [Math.floor(sample.at / ROW_MS), sample]));
  return [...slots.values()];
}
