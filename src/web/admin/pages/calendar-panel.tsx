import type { Overview } from '../../../domain/overview.ts';
import { filledIn } from '../../../domain/filled-in.ts';
import type { Locale } from '../../../domain/locale.ts';
import { calendarOf, releasesOf, type CalendarDay, type Release } from '../charts/calendar.ts';
import { boardIssuePath } from './board-paths.ts';
import type { BoardView } from './board-view.ts';
import { Foreign } from './foreign.tsx';
import { clockWords, dayWords, momentWords, weekdayName } from './time-words.ts';

interface CalendarPanelProps {
  readonly view: BoardView;
  readonly overview: Pick<Overview, 'series' | 'now'>;
  readonly timezone: string;
}

/** More in one day are told by number. */
const MOST_A_DAY = 3;

/** What comes out in the next weeks, by the series' own clocks: a table, which is what a calendar is. */
export const CalendarPanel = ({ view, overview: { series, now }, timezone }: CalendarPanelProps) => {
  const { board } = view.words;
  const releases = releasesOf(series, now);
  const weeks = calendarOf(releases, now, timezone);
  return (
    <section class="chart plot-room">
      <h2>{board.calendarTitle}</h2>
      {releases.length === 0 ? (
        <p class="nothing">{board.calendarNone}</p>
      ) : (
        <>
          <table class="calendar">
            <caption class="unseen">{board.calendarTitle}</caption>
            <thead>
              <tr>
                {weekdayNames(view.locale).map(({ short, long }) => (
                  <th scope="col" abbr={long}>
                    {short}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map((week) => (
                <tr>
                  {week.map((day, index) => (
                    <Day view={view} day={day} isNamed={index === 0 || day.day.endsWith('-01')} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <Agenda view={view} releases={weeks.flat().flatMap((day) => day.releases)} now={now} />
          <Later view={view} releases={releases} weeks={weeks} now={now} />
        </>
      )}
    </section>
  );
};

interface DayProps {
  readonly view: BoardView;
  readonly day: CalendarDay;
  /** With its month. */
  readonly isNamed: boolean;
}

const Day = ({ view, day: { day, isToday, isPast, releases }, isNamed }: DayProps) => {
  const { board } = view.words;
  const others = releases.length - MOST_A_DAY;
  const classes = [isToday && 'day-today', isPast && 'day-past', releases.length > 0 && 'day-full'];
  return (
    <td class={classes.filter((one) => one !== false).join(' ') || undefined}>
      <time datetime={day}>{isNamed || isToday ? dayWords(day, view.locale) : Number(day.slice(8))}</time>
      {isToday && <span class="unseen"> ({board.today})</span>}
      {releases.length > 0 && (
        <ul>
          {releases.slice(0, MOST_A_DAY).map((release) => (
            <li>
              <ReleaseLink view={view} release={release} />
            </li>
          ))}
          {others > 0 && <li>{filledIn(board.moreThatDay, { n: others })}</li>}
        </ul>
      )}
    </td>
  );
};

const ReleaseLink = ({ view, release }: { readonly view: BoardView; readonly release: Release }) => {
  const { status, issue, at } = release;
  const { series, cadence, about } = status.plan;
  return (
    <a href={`${boardIssuePath(series, issue.issue)}${view.asked}`}>
      <span class="release-time">{clockWords(at, cadence.timezone, view.locale)}</span>{' '}
      <Foreign text={issue.title} lang={about.language} />
    </a>
  );
};

interface AgendaProps {
  readonly view: BoardView;
  readonly releases: readonly Release[];
  readonly now: number;
}

/** The same one below the other, shown instead where a day is too narrow for words. */
const Agenda = ({ view, releases, now }: AgendaProps) => (
  <ol class="agenda" aria-label={view.words.board.agenda}>
    {releases.map(({ status: { plan }, issue, at }) => (
      <li>
        <time datetime={new Date(at).toISOString()}>
          {momentWords(at, now, plan.cadence.timezone, view.locale)}
        </time>
        <a href={`${boardIssuePath(plan.series, issue.issue)}${view.asked}`}>
          <Foreign text={issue.title} lang={plan.about.language} />
        </a>
      </li>
    ))}
  </ol>
);

interface LaterProps {
  readonly view: BoardView;
  readonly releases: readonly Release[];
  readonly weeks: readonly (readonly CalendarDay[])[];
  readonly now: number;
}

/** What is beyond the weeks that are shown. */
const Later = ({ view, releases, weeks, now }: LaterProps) => {
  const shown = new Set(weeks.flat().flatMap((day) => day.releases));
  const [next, ...more] = releases.filter((release) => !shown.has(release));
  if (next === undefined) return null;
  const { board } = view.words;
  return (
    <p class="chart-gist">
      {filledIn(more.length === 0 ? board.laterOne : board.laterMany, {
        n: more.length + 1,
        at: momentWords(next.at, now, next.status.plan.cadence.timezone, view.locale),
      })}
    </p>
  );
};

const weekdayNames = (locale: Locale) =>
  Array.from({ length: 7 }, (_, index) => ({
    short: weekdayName(index, locale, 'short'),
    long: weekdayName(index, locale, 'long'),
  }));
