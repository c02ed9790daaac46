import { filledIn } from '../../../domain/filled-in.ts';
import type { Overview } from '../../../domain/overview.ts';
import type { IssueStatus, SeriesStatus } from '../../../domain/series-status.ts';
import { numberWords } from '../charts/numbers.ts';
import { boardSeriesPath } from './board-paths.ts';
import type { BoardView } from './board-view.ts';
import { lateWords, nextWords } from './due-words.ts';
import { Foreign } from './foreign.tsx';
import { IssueRows, PartsLegend } from './issue-rows.tsx';

/** More than these are on the series' own page. */
const MOST_ISSUES = 5;

/** Every series with what moves in it; those that send first. */
export const SeriesCards = ({
  view,
  overview,
}: {
  readonly view: BoardView;
  readonly overview: Overview;
}) => {
  const { board } = view.words;
  if (overview.series.length === 0) {
    return (
      <div class="panel empty">
        <h2>{board.noSeriesTitle}</h2>
        <p>{board.noSeries}</p>
        <code class="command">partwork schedule &lt;series&gt;</code>
      </div>
    );
  }
  return (
    <>
      <div class="section-head">
        <h2>{board.seriesTitle}</h2>
        <PartsLegend view={view} />
      </div>
      <div class="cards">
        {bySending(overview.series).map((status) => (
          <SeriesCard view={view} status={status} />
        ))}
      </div>
    </>
  );
};

const SeriesCard = ({ view, status }: { readonly view: BoardView; readonly status: SeriesStatus }) => {
  const { board } = view.words;
  const { plan, issues } = status;
  const shown = mostTelling(issues);
  const others = issues.length - shown.length;
  const path = `${boardSeriesPath(plan.series)}${view.asked}`;
  return (
    <article class="panel card">
      <header class="card-head">
        <h3>
          <a href={path}>
            <Foreign text={plan.title} lang={plan.about.language} />
          </a>
        </h3>
        <StateMark view={view} status={status} />
        <p class="card-facts">{factsOf(status, view)}</p>
      </header>
      {shown.length === 0 ? (
        <p class="nothing">{board.noIssues}</p>
      ) : (
        <IssueRows view={view} status={status} issues={shown} />
      )}
      {others > 0 && (
        <p class="card-more">
          <a href={path}>{filledIn(board.moreIssues, { n: numberWords(others, view.locale) })}</a>
        </p>
      )}
    </article>
  );
};

/** Whether a series runs, as a word on a ground of its own. */
export const StateMark = ({
  view,
  status: { plan },
}: {
  readonly view: BoardView;
  readonly status: SeriesStatus;
}) => <span class={`mark mark-${plan.state}`}>{view.words.board[plan.state]}</span>;

function factsOf(status: SeriesStatus, view: BoardView): string {
  const { board } = view.words;
  const { readers, dueSince, now, plan } = status;
  const facts = [
    readers === 1 ? board.readersOne : filledIn(board.readersMany, { n: numberWords(readers, view.locale) }),
  ];
  if (plan.state === 'running') {
    const late = lateWords(dueSince, now, view);
    facts.push(dueSince === undefined ? nextWords([status], now, view) : late.value);
  }
  return facts.join(' · ');
}

const bySending = (series: readonly SeriesStatus[]): SeriesStatus[] =>
  series.toSorted((a, b) => weightOf(b) - weightOf(a) || a.plan.title.localeCompare(b.plan.title, 'en'));

const weightOf = ({ plan, dueSince, attention }: SeriesStatus): number =>
  (dueSince === undefined ? 0 : 4) + (attention.length > 0 ? 2 : 0) + (plan.state === 'running' ? 1 : 0);

/** What is being sent or needs somebody, then what came out last, in the order of the series. */
function mostTelling(issues: readonly IssueStatus[]): IssueStatus[] {
  const live = issues.filter(({ state }) => state !== 'retired');
  const released = live.filter(({ state }) => state !== 'unreleased');
  const ahead = live.filter(({ state }) => state === 'unreleased');
  const moving = released.filter(({ due, held, deferred }) => due + held + deferred > 0);
  const rest = released.filter((issue) => !moving.includes(issue)).toReversed();
  const chosen = new Set([...moving, ...ahead.slice(0, 1), ...rest, ...ahead.slice(1)].slice(0, MOST_ISSUES));
  return live.filter((issue) => chosen.has(issue));
}
