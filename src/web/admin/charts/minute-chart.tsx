import { filledIn } from '../../../domain/filled-in.ts';
import type { Minute } from '../../../domain/overview.ts';
import { sumOf } from '../../../domain/sample.ts';
import type { BoardView } from '../pages/board-view.ts';
import { clockWords } from '../pages/time-words.ts';
import { axisFor } from './axis.ts';
import { stackedBars } from './bars.ts';
import { DataTable } from './data-table.tsx';
import { hourLabels } from './hour-labels.ts';
import { Legend } from './legend.tsx';
import { numberWords } from './numbers.ts';
import { Plot } from './plot.tsx';

interface MinuteChartProps {
  readonly view: BoardView;
  /** Of the last hour, oldest first, one for each minute. Empty = nobody has looked yet. */
  readonly minutes: readonly Minute[];
  readonly timezone: string;
}

const KINDS = ['accepted', 'deferrals', 'rejected'] as const;

/** What the mail server said in each minute of the last hour. */
export const MinuteChart = ({ view, minutes, timezone }: MinuteChartProps) => {
  const { locale, words } = view;
  const { board } = words;
  const sums = sumOf(minutes);
  const isEmpty = KINDS.every((kind) => sums[kind] === 0);
  const number = (n: number) => numberWords(n, locale);
  const says = isEmpty
    ? board.minutesNone
    : filledIn(board.minutesSay, {
        accepted: number(sums.accepted),
        deferrals: number(sums.deferrals),
        rejected: number(sums.rejected),
      });
  return (
    <figure class="chart">
      <figcaption>
        <h2>{board.minutesTitle}</h2>
        <Legend entries={KINDS.map((kind) => ({ kind, name: board[kind], value: number(sums[kind]) }))} />
      </figcaption>
      <MinuteBars {...{ view, minutes, timezone, says }} />
      {isEmpty ? (
        <p class="nothing">{board.minutesNone}</p>
      ) : (
        <DataTable
          id="minutes-table"
          summary={board.asTable}
          caption={board.minutesTitle}
          heads={[board.time, ...KINDS.map((kind) => board[kind])]}
          rows={minutes
            .filter((minute) => KINDS.some((kind) => minute[kind] > 0))
            .map((minute) => [
              clockWords(minute.at, timezone, locale),
              ...KINDS.map((kind) => number(minute[kind])),
            ])}
        />
      )}
    </figure>
  );
};

const MinuteBars = ({ view, minutes, timezone, says }: MinuteChartProps & { readonly says: string }) => {
  const { board } = view.words;
  const axis = axisFor(
    Math.max(0, ...minutes.map((minute) => KINDS.reduce((n, kind) => n + minute[kind], 0))),
  );
  const bars = stackedBars(
    minutes.map(({ accepted, deferrals, rejected }) => ({ accepted, deferrals, rejected })),
    KINDS,
    axis,
  );
  return (
    <Plot
      id="minutes"
      title={board.minutesTitle}
      says={says}
      axis={axis}
      locale={view.locale}
      labels={hourLabels(view)}
    >
      {bars.map(({ x, width, pieces }, index) => {
        const minute = minutes[index];
        if (pieces.length === 0 || minute === undefined) return null;
        return (
          <g>
            <title>{minuteWords(minute, view, timezone)}</title>
            {pieces.map(({ kind, y, height }) => (
              <rect class={`kind-${kind}`} x={`${x}%`} width={`${width}%`} y={y} height={height} />
            ))}
          </g>
        );
      })}
    </Plot>
  );
};

/** `14:05: 40 accepted, 2 put off`, for whoever points at a bar. */
function minuteWords(minute: Minute, { words: { board }, locale }: BoardView, timezone: string): string {
  const counts = KINDS.filter((kind) => minute[kind] > 0).map(
    (kind) => `${board[kind]} ${numberWords(minute[kind], locale)}`,
  );
  return `${clockWords(minute.at, timezone, locale)} · ${counts.join(' · ')}`;
}
