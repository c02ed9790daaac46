import { filledIn } from '../../../domain/filled-in.ts';
import type { Overview, QueueDepth } from '../../../domain/overview.ts';
import { numberWords } from '../charts/numbers.ts';
import type { BoardView } from './board-view.ts';
import { Foreign } from './foreign.tsx';
import { momentWords } from './time-words.ts';

interface MachineryPanelProps {
  readonly view: BoardView;
  readonly overview: Pick<Overview, 'workers' | 'queues' | 'now'>;
  readonly timezone: string;
}

const STATES = ['waiting', 'active', 'delayed', 'failed'] as const satisfies readonly (keyof QueueDepth)[];

const QUEUE_STATES = {
  waiting: 'queueWaiting',
  active: 'queueActive',
  delayed: 'queueDelayed',
  failed: 'queueFailed',
} as const;

/** Who sends, and what each queue holds. */
export const MachineryPanel = ({
  view,
  overview: { workers, queues, now },
  timezone,
}: MachineryPanelProps) => {
  const { board } = view.words;
  const { locale } = view;
  return (
    <section class="chart">
      <h2>{board.machineryTitle}</h2>
      {workers.length === 0 ? (
        <p class="nothing">
          {board.noWorkers} <code class="command">partwork work</code>
        </p>
      ) : (
        <ul class="workers">
          {workers.map(({ id, startedAt, connections }) => (
            <li>
              <Foreign text={id} />{' '}
              <span>
                {filledIn(board.workerFacts, {
                  at: momentWords(startedAt, now, timezone, locale),
                  n: numberWords(connections, locale),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div class="wide" tabindex={0} role="region" aria-label={board.queuesTitle}>
        <table class="numbers">
          <caption class="unseen">{board.queuesTitle}</caption>
          <thead>
            <tr>
              <th scope="col">{board.queue}</th>
              {STATES.map((state) => (
                <th scope="col">{board[QUEUE_STATES[state]]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {queues.map((queue) => (
              <tr>
                <th scope="row">
                  <Foreign text={queue.queue} />
                </th>
                {STATES.map((state) => (
                  <td class={state === 'failed' && queue.failed > 0 ? 'is-grave' : undefined}>
                    {numberWords(queue[state], locale)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
