import { filledIn } from '../../../domain/filled-in.ts';
import type { Overview } from '../../../domain/overview.ts';
import type { SeriesStatus } from '../../../domain/series-status.ts';
import { rhythmWords } from '../../pages/rhythm-words.ts';
import { MinuteChart } from '../charts/minute-chart.tsx';
import { numberWords } from '../charts/numbers.ts';
import { AttentionPanel } from './attention-panel.tsx';
import type { BoardView } from './board-view.ts';
import { CalendarPanel } from './calendar-panel.tsx';
import { lateWords, nextWords } from './due-words.ts';
import { Figure } from './figures.tsx';
import { LivePart, type Fragments } from './fragments.tsx';
import { lastHourOf } from './hour-of.ts';
import { IssueRows, PartsLegend } from './issue-rows.tsx';
import { LastHourFigure } from './overview-figures.tsx';
import { SeriesActs } from './series-acts.tsx';
import { StateMark } from './series-cards.tsx';
import { momentWords } from './time-words.ts';

/** One series: how it goes out, and every issue of it. */
export function seriesFragments(view: BoardView, overview: Overview, status: SeriesStatus): Fragments {
  const { timezone } = status.plan.cadence;
  const { minutes } = lastHourOf(overview, status.plan.series);
  const alone = { ...overview, series: [status] };
  return {
    state: <SeriesState view={view} status={status} />,
    attention: <AttentionPanel view={view} overview={alone} isOfOne />,
    figures: <SeriesFigures view={view} overview={overview} status={status} />,
    minutes: <MinuteChart view={view} minutes={minutes} timezone={timezone} />,
    calendar: <CalendarPanel view={view} overview={alone} timezone={timezone} />,
    issues: <SeriesIssues view={view} status={status} />,
  };
}

export const SeriesBody = ({ fragments }: { readonly fragments: Fragments }) => (
  <>
    <LivePart name="state" fragments={fragments} />
    <LivePart name="attention" fragments={fragments} />
    <LivePart name="figures" fragments={fragments} class="panel" />
    <div class="board board-side">
      <div class="stack">
        <LivePart name="minutes" fragments={fragments} class="panel" />
        <LivePart name="issues" fragments={fragments} class="panel" />
      </div>
      <LivePart name="calendar" fragments={fragments} class="panel" />
    </div>
  </>
);

interface SeriesPartProps {
  readonly view: BoardView;
  readonly status: SeriesStatus;
}

const SeriesState = ({ view, status }: SeriesPartProps) => (
  <div class="state-line">
    <StateMark view={view} status={status} />
    <span>{rhythmWords(status.plan.cadence, view.words.pages, view.locale)}</span>
    <SeriesActs view={view} status={status} />
  </div>
);

const SeriesFigures = ({ view, overview, status }: SeriesPartProps & { readonly overview: Overview }) => {
  const { words, locale } = view;
  const { board } = words;
  const { plan, now, issues, finishesAt, dueSince } = status;
  const number = (n: number) => numberWords(n, locale);
  const due = issues.reduce((n, issue) => n + issue.due, 0);
  const isRunning = plan.state === 'running';
  const end = finishesAt === undefined ? board.finishUnknown : finishAt(finishesAt, status, view);
  return (
    <dl class="figures">
      <LastHourFigure view={view} hour={lastHourOf(overview, plan.series)} now={overview.now} />
      <Figure name={board.lastMinute} value={number(status.acceptedLastMinute)} />
      <Figure
        name={board.due}
        value={number(due)}
        note={due === 0 ? board.nothingDue : isRunning ? end : board[plan.state]}
      />
      {isRunning && (
        <Figure
          name={board.punctuality}
          {...lateWords(dueSince, now, view)}
          note={nextWords([status], now, view)}
        />
      )}
      <Figure
        name={board.readers}
        value={number(status.readers)}
        note={filledIn(board.caughtUp, { n: number(status.caughtUp) })}
      />
      <Figure
        name={board.confirmed}
        value={number(status.joined)}
        note={filledIn(board.endedNote, {
          left: number(status.ended - status.bounced),
          bounced: number(status.bounced),
        })}
      />
    </dl>
  );
};

const finishAt = (at: number, { plan, now }: SeriesStatus, { words, locale }: BoardView): string =>
  filledIn(words.board.finishAt, { at: momentWords(at, now, plan.cadence.timezone, locale) });

const SeriesIssues = ({ view, status }: SeriesPartProps) => (
  <section>
    <div class="section-head">
      <h2>{view.words.board.issuesTitle}</h2>
      <PartsLegend view={view} />
    </div>
    {status.issues.length === 0 ? (
      <p class="nothing">{view.words.board.noIssues}</p>
    ) : (
      <IssueRows view={view} status={status} issues={status.issues} />
    )}
  </section>
);
