import type { SeriesStatus } from '../../../domain/series-status.ts';
import { actPath, type BoardAct } from './board-paths.ts';
import type { BoardView } from './board-view.ts';

/** What can be done to a series just now. */
export function actsFor({ plan, issues }: Pick<SeriesStatus, 'plan' | 'issues'>): readonly BoardAct[] {
  if (plan.state === 'cancelled') return [];
  if (plan.state === 'paused') return ['resume'];
  const isPutOff = issues.some(({ deferred, uncertain, held }) => deferred + uncertain - held > 0);
  return isPutOff ? ['retry', 'pause'] : ['pause'];
}

/** Links to where one is asked whether it is meant. */
export const SeriesActs = ({ view, status }: { readonly view: BoardView; readonly status: SeriesStatus }) => (
  <span class="acts">
    {actsFor(status).map((act) => (
      <a class="button button-plain button-small" href={`${actPath(act, status.plan.series)}${view.asked}`}>
        {view.words.board[act]}
      </a>
    ))}
  </span>
);
