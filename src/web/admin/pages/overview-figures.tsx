import { filledIn } from '../../../domain/filled-in.ts';
import { HOUR_MS, MINUTE_MS } from '../../../domain/instant.ts';
import type { Overview } from '../../../domain/overview.ts';
import { acceptedToday, sumOf } from '../../../domain/sample.ts';
import { numberWords } from '../charts/numbers.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import type { BoardView } from './board-view.ts';
import { Figure } from './figures.tsx';
import { lastHourOf, type LastHour } from './hour-of.ts';
import { lateWords, nextWords } from './due-words.ts';
import { momentWords, spanWords } from './time-words.ts';

interface OverviewFiguresProps {
  readonly view: BoardView;
  readonly overview: Overview;
  readonly timezone: string;
}

/** The numbers to see from across the room: what went out, what is going out, and how late it is. */
export const OverviewFigures = ({ view, overview, timezone }: OverviewFiguresProps) => {
  const { board } = view.words;
  const number = (n: number) => numberWords(n, view.locale);
  const { series, people, workers, now } = overview;
  const hour = lastHourOf(overview);
  const today = acceptedToday(overview);
  const due = series.reduce((n, { issues }) => n + issues.reduce((m, issue) => m + issue.due, 0), 0);
  return (
    <dl class="figures">
      <LastHourFigure view={view} hour={hour} now={now} />
      {today !== undefined && <Figure name={board.sentToday} value={number(today)} note={board.todayNote} />}
      <Figure
        name={board.lastMinute}
        value={number(series.reduce((n, one) => n + one.acceptedLastMinute, 0))}
      />
      <Figure name={board.due} value={number(due)} note={finishWords({ view, overview, timezone })} />
      <Figure
        name={board.punctuality}
        {...lateWords(overview.oldestDueAt, now, view)}
        note={nextWords(series, now, view)}
      />
      <Figure
        name={board.readers}
        value={number(people.active)}
        note={filledIn(board.suppressedNote, { n: number(people.suppressed) })}
      />
      <Figure
        name={board.workers}
        value={number(workers.length)}
        isGrave={workers.length === 0 && due > 0}
        note={filledIn(board.connections, {
          n: number(workers.reduce((n, { connections }) => n + connections, 0)),
        })}
      />
    </dl>
  );
};

interface LastHourFigureProps {
  readonly view: BoardView;
  readonly hour: LastHour;
  readonly now: number;
}

/** What was accepted in the last hour, or since somebody began to look. */
export const LastHourFigure = ({ view, hour: { minutes, since }, now }: LastHourFigureProps) => {
  const { board } = view.words;
  const accepted = sumOf(minutes).accepted;
  const isWhole = since !== undefined && since <= now - HOUR_MS + MINUTE_MS;
  const value = since === undefined ? '–' : numberWords(accepted, view.locale);
  return (
    <Figure
      isBig
      name={board.lastHour}
      value={value}
      {...(since === undefined
        ? { note: board.notYet }
        : !isWhole && { note: filledIn(board.sinceOnly, { span: spanWords(now - since, view.locale) }) })}
    >
      {minutes.length > 0 && (
        <Sparkline
          id="spark"
          title={board.minutesTitle}
          says={filledIn(board.sparkSays, { n: value })}
          values={minutes.map((minute) => minute.accepted)}
        />
      )}
    </Figure>
  );
};

/** When all that is due now will have gone out: the latest end of any series, or that one of them has none yet. */
function finishWords({ view, overview, timezone }: OverviewFiguresProps): string {
  const { board } = view.words;
  const sending = overview.series.filter(({ issues }) => issues.some(({ due }) => due > 0));
  if (sending.length === 0) return board.nothingDue;
  const ends = sending.map(({ finishesAt }) => finishesAt);
  if (ends.some((end) => end === undefined)) return board.finishUnknown;
  const at = Math.max(...ends.filter((end) => end !== undefined));
  return filledIn(board.finishAt, { at: momentWords(at, overview.now, timezone, view.locale) });
}
