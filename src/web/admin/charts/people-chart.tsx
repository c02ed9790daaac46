import { filledIn } from '../../../domain/filled-in.ts';
import { DAY_MS } from '../../../domain/instant.ts';
import type { DaySample } from '../../../domain/overview.ts';
import type { BoardView } from '../pages/board-view.ts';
import { dayWords } from '../pages/time-words.ts';
import { axisFor } from './axis.ts';
import { stackedBars, type Bar } from './bars.ts';
import { DataTable } from './data-table.tsx';
import { Legend } from './legend.tsx';
import { numberWords } from './numbers.ts';
import { Plot, type PlotLabel } from './plot.tsx';

interface PeopleChartProps {
  readonly view: BoardView;
  /** Oldest first. */
  readonly days: readonly DaySample[];
}

/** Three months. */
const MOST_DAYS = 92;
const FEW_DAYS = 7;
const KINDS = ['readers', 'left', 'bounced'] as const;

/** Subscriptions at the end of each day, by what became of them: together all that were ever confirmed. */
export const PeopleChart = ({ view, days }: PeopleChartProps) => {
  const { words, locale } = view;
  const { board } = words;
  const number = (n: number) => numberWords(n, locale);
  const columns = filledDays(days).slice(-MOST_DAYS);
  const last = columns.at(-1);
  const says = last === undefined ? board.peopleNone : filledIn(board.peopleSay, wordsOf(last, number));
  return (
    <figure class="chart">
      <figcaption>
        <h2>{board.peopleTitle}</h2>
        <Legend
          entries={KINDS.map((kind) => ({ kind, name: board[kind], value: number(last?.[kind] ?? 0) }))}
        />
      </figcaption>
      <PeopleBars view={view} columns={columns} says={says} />
      {last === undefined ? (
        <p class="nothing">{board.peopleNone}</p>
      ) : (
        <DataTable
          id="people-table"
          summary={board.asTable}
          caption={board.peopleTitle}
          heads={[board.day, board.confirmed, ...KINDS.map((kind) => board[kind])]}
          rows={columns
            .toReversed()
            .map((day) => [
              dayWords(day.day, locale),
              number(day.joined),
              ...KINDS.map((kind) => number(day[kind])),
            ])}
        />
      )}
    </figure>
  );
};

interface DayColumn extends DaySample {
  readonly readers: number;
}

/** A day nobody looked at is as the day before it was. */
export function filledDays(days: readonly DaySample[]): DayColumn[] {
  const columns: DayColumn[] = [];
  for (const sample of days) {
    const before = columns.at(-1);
    if (before !== undefined)
      columns.push(...daysBetween(before.day, sample.day).map((day) => ({ ...before, day })));
    const { joined, left, bounced } = sample;
    columns.push({ ...sample, readers: Math.max(0, joined - left - bounced) });
  }
  return columns;
}

/** Without the two themselves. */
function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = dayAfter(first); day < last; day = dayAfter(day)) days.push(day);
  return days;
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

const wordsOf = ({ readers, joined, left, bounced }: DayColumn, number: (n: number) => string) => ({
  readers: number(readers),
  confirmed: number(joined),
  left: number(left),
  bounced: number(bounced),
});

const PeopleBars = ({
  view,
  columns,
  says,
}: {
  readonly view: BoardView;
  readonly columns: readonly DayColumn[];
  readonly says: string;
}) => {
  const { board } = view.words;
  const axis = axisFor(Math.max(0, ...columns.map(({ joined }) => joined)));
  const padded = [
    ...Array.from({ length: Math.max(0, FEW_DAYS - columns.length) }, () => undefined),
    ...columns,
  ];
  const bars = stackedBars(
    padded.map((column) => countsOf(column)),
    KINDS,
    axis,
  );
  return (
    <Plot
      id="people"
      title={board.peopleTitle}
      says={says}
      axis={axis}
      locale={view.locale}
      labels={labelsOf(padded, bars, view)}
    >
      {bars.map(({ x, width, pieces }, index) => {
        const day = padded[index];
        if (pieces.length === 0 || day === undefined) return null;
        return (
          <g>
            <title>{`${dayWords(day.day, view.locale)} · ${filledIn(
              board.peopleSay,
              wordsOf(day, (n) => numberWords(n, view.locale)),
            )}`}</title>
            {pieces.map(({ kind, y, height }) => (
              <rect class={`kind-${kind}`} x={`${x}%`} width={`${width}%`} y={y} height={height} />
            ))}
          </g>
        );
      })}
    </Plot>
  );
};

const countsOf = (day: DayColumn | undefined): Record<string, number> =>
  day === undefined ? {} : { readers: day.readers, left: day.left, bounced: day.bounced };

/** The first day, the middle and the last. */
function labelsOf(
  days: readonly (DayColumn | undefined)[],
  bars: readonly Bar[],
  view: BoardView,
): PlotLabel[] {
  const first = days.findIndex((day) => day !== undefined);
  if (first < 0) return [];
  const last = days.length - 1;
  const wanted = [
    ...new Set(last - first > FEW_DAYS ? [first, Math.round((first + last) / 2), last] : [first, last]),
  ];
  return wanted.flatMap((index) => {
    const [day, bar] = [days[index], bars[index]];
    if (day === undefined || bar === undefined) return [];
    const isLast = index === last;
    return [{ percent: isLast ? 100 : bar.x + bar.width / 2, text: dayWords(day.day, view.locale) }];
  });
}
