import { filledIn } from '../../../domain/filled-in.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { IssueStatus, SeriesStatus } from '../../../domain/series-status.ts';
import { AudienceBar, PARTS, partsSay } from '../charts/audience-bar.tsx';
import { Legend } from '../charts/legend.tsx';
import { numberWords, percentWords } from '../charts/numbers.ts';
import { boardIssuePath } from './board-paths.ts';
import type { BoardView } from './board-view.ts';
import { Foreign, harmless } from './foreign.tsx';
import { momentWords } from './time-words.ts';

interface IssueRowsProps {
  readonly view: BoardView;
  readonly status: SeriesStatus;
  readonly issues: readonly IssueStatus[];
}

/** Issues one below the other, each with how far it is. */
export const IssueRows = ({ view, status, issues }: IssueRowsProps) => (
  <ol class="issues">
    {issues.map((issue) => (
      <IssueRow view={view} status={status} issue={issue} />
    ))}
  </ol>
);

const IssueRow = ({
  view,
  status,
  issue,
}: Omit<IssueRowsProps, 'issues'> & { readonly issue: IssueStatus }) => {
  const { words, locale, asked } = view;
  const { board } = words;
  const { plan, now } = status;
  const { accepted, audience } = issue;
  const id = `bar-${idPart(plan.series)}-${idPart(issue.issue)}`;
  return (
    <li class={`issue issue-${issue.state}`}>
      <span class="issue-number">{issue.number === 0 ? '–' : issue.number}</span>
      <a class="issue-title" href={`${boardIssuePath(plan.series, issue.issue)}${asked}`}>
        <Foreign text={issue.title} lang={plan.about.language} />
      </a>
      <span class="issue-state">{stateWords(issue, status, now, view)}</span>
      <span class="issue-share">
        {audience === 0
          ? ''
          : filledIn(board.ofAudience, {
              n: numberWords(accepted, locale),
              m: numberWords(audience, locale),
              percent: percentWords(accepted, audience, locale),
            })}
      </span>
      <AudienceBar view={view} id={id} title={harmless(issue.title)} parts={issue} />
      <span class="issue-parts">{audience === 0 ? board.nobodyYet : partsSay(issue, view)}</span>
    </li>
  );
};

/** What may stand in an element's id, and is another for another text. */
const idPart = (text: string): string => encodeURIComponent(text).replace(/[^\w-]/g, '_');

function stateWords(
  issue: IssueStatus,
  { plan }: SeriesStatus,
  now: Instant,
  { words: { board }, locale }: BoardView,
) {
  if (issue.state === 'unreleased') {
    const at = Math.max(issue.releaseAt ?? 0, plan.startAt);
    return filledIn(board.stateUnreleased, { at: momentWords(at, now, plan.cadence.timezone, locale) });
  }
  if (issue.state === 'sending' && plan.state !== 'running') return board.stateStopped;
  return STATES(board)[issue.state];
}

const STATES = (board: BoardView['words']['board']) => ({
  complete: board.stateComplete,
  sending: board.stateSending,
  waiting: board.stateWaiting,
  held: board.stateHeld,
  retired: board.stateRetired,
});

/** What the colours of the bars mean. */
export const PartsLegend = ({ view }: { readonly view: BoardView }) => (
  <Legend entries={PARTS.map((part) => ({ kind: part, name: view.words.board[part] }))} />
);
