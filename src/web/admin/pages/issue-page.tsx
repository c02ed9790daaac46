import { filledIn } from '../../../domain/filled-in.ts';
import type { DomainTime } from '../../../domain/send-times.ts';
import type { IssueStatus, SeriesStatus } from '../../../domain/series-status.ts';
import type { ReplyCount } from '../../../store/replies.ts';
import { AudienceBar, PARTS } from '../charts/audience-bar.tsx';
import { Funnel } from '../charts/funnel.tsx';
import { numberWords, percentWords } from '../charts/numbers.ts';
import type { BoardView } from './board-view.ts';
import { LivePart, type Fragments } from './fragments.tsx';
import { harmless } from './foreign.tsx';
import { ReplyTable, SlowestDomains } from './reply-panels.tsx';

/** What the ledger has of one issue beside its counts. */
export interface IssueDetail {
  readonly replies: readonly ReplyCount[];
  readonly domains: readonly DomainTime[];
}

interface IssuePartProps {
  readonly view: BoardView;
  readonly status: SeriesStatus;
  readonly issue: IssueStatus;
}

/** One issue: what became of its audience, what servers answered, and who was slow. */
export function issueFragments(
  view: BoardView,
  status: SeriesStatus,
  issue: IssueStatus,
  { replies, domains }: IssueDetail,
): Fragments {
  const own = replies.filter((reply) => reply.issue === issue.issue);
  return {
    audience: <Audience view={view} status={status} issue={issue} />,
    funnel: <Funnel view={view} issue={issue} />,
    replies: <ReplyTable view={view} replies={own} />,
    domains: <SlowestDomains view={view} domains={domains} />,
  };
}

export const IssueBody = ({ fragments }: { readonly fragments: Fragments }) => (
  <>
    <div class="board board-halves">
      <LivePart name="audience" fragments={fragments} class="panel" />
      <LivePart name="funnel" fragments={fragments} class="panel" />
    </div>
    <div class="board board-halves">
      <LivePart name="replies" fragments={fragments} class="panel" />
      <LivePart name="domains" fragments={fragments} class="panel" />
    </div>
  </>
);

const Audience = ({ view, issue }: IssuePartProps) => {
  const { words, locale } = view;
  const { board } = words;
  const number = (n: number) => numberWords(n, locale);
  const notes = {
    waiting: issue.toCome > 0 && filledIn(board.toComeNote, { n: number(issue.toCome) }),
    skipped: issue.left > 0 && filledIn(board.leftNote, { n: number(issue.left) }),
    uncertain: issue.held > 0 && filledIn(board.heldNote, { n: number(issue.held) }),
    deferred: issue.deferrals > 0 && filledIn(board.deferralsNote, { n: number(issue.deferrals) }),
  };
  return (
    <section class="chart">
      <h2>{board.audienceTitle}</h2>
      <p class="figure-value">{number(issue.audience)}</p>
      <AudienceBar view={view} id="audience-bar" title={harmless(issue.title)} parts={issue} />
      <table class="numbers parts">
        <caption class="unseen">{board.audienceTitle}</caption>
        <thead class="unseen">
          <tr>
            <th scope="col">{board.part}</th>
            <th scope="col">{board.people}</th>
            <th scope="col">{board.share}</th>
          </tr>
        </thead>
        <tbody>
          {PARTS.map((part) => (
            <tr class={issue[part] === 0 ? 'is-none' : undefined}>
              <th scope="row">
                <svg class="legend-mark" width="10" height="10" aria-hidden="true">
                  <rect class={`kind-${part}`} width="10" height="10" rx="2" />
                </svg>
                {board[part]} <small>{part in notes && notes[part as keyof typeof notes]}</small>
              </th>
              <td>{number(issue[part])}</td>
              <td>{percentWords(issue[part], issue.audience, locale)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{board.audience}</th>
            <td>{number(issue.audience)}</td>
            <td>{issue.addsUp ? board.addsUp : board.differs}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
};
