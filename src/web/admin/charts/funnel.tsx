import type { IssueStatus } from '../../../domain/series-status.ts';
import type { BoardView } from '../pages/board-view.ts';
import { rounded } from './bars.ts';
import { numberWords, percentWords } from './numbers.ts';

/** How many of an issue's audience have come how far: each step is a part of the one before. */
export interface FunnelStep {
  readonly step: 'audience' | 'came' | 'tried' | 'accepted';
  readonly people: number;
}

/** Came = not at an earlier place any more; tried = a server has heard of them. */
export function funnelOf(issue: IssueStatus): FunnelStep[] {
  const { audience, toCome, accepted, rejected, deferred, uncertain } = issue;
  return [
    { step: 'audience', people: audience },
    { step: 'came', people: audience - toCome },
    { step: 'tried', people: accepted + rejected + deferred + uncertain },
    { step: 'accepted', people: accepted },
  ];
}

const NAMES = { audience: 'audience', came: 'stepCame', tried: 'stepTried', accepted: 'accepted' } as const;

/** The way of an audience to the inbox, as a table whose rows are bars. */
export const Funnel = ({ view, issue }: { readonly view: BoardView; readonly issue: IssueStatus }) => {
  const { words, locale } = view;
  const { board } = words;
  return (
    <section class="chart">
      <h2>{board.funnelTitle}</h2>
      {issue.audience === 0 ? (
        <p class="nothing">{board.nobodyYet}</p>
      ) : (
        <table class="numbers funnel">
          <caption class="unseen">{board.funnelTitle}</caption>
          <thead class="unseen">
            <tr>
              <th scope="col">{board.step}</th>
              <th scope="col">{board.people}</th>
              <th scope="col">{board.share}</th>
            </tr>
          </thead>
          <tbody>
            {funnelOf(issue).map(({ step, people }) => (
              <tr>
                <th scope="row">
                  {board[NAMES[step]]}
                  <svg class="funnel-bar" height="18" aria-hidden="true">
                    <rect class="audience-ground" width="100%" height="18" rx="2" />
                    <rect
                      class={step === 'accepted' ? 'kind-accepted' : 'kind-step'}
                      width={`${rounded((people / issue.audience) * 100)}%`}
                      height="18"
                      rx="2"
                    />
                  </svg>
                </th>
                <td>{numberWords(people, locale)}</td>
                <td>{percentWords(people, issue.audience, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
