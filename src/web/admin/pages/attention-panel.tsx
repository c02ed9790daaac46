import { describeAttention, isTrouble, titleIn, type Attention } from '../../../domain/attention.ts';
import type { Overview } from '../../../domain/overview.ts';
import type { SeriesStatus } from '../../../domain/series-status.ts';
import { attentionWords } from './attention-words.ts';
import { boardSeriesPath } from './board-paths.ts';
import type { BoardView } from './board-view.ts';
import { Foreign } from './foreign.tsx';

interface AttentionPanelProps {
  readonly view: BoardView;
  readonly overview: Pick<Overview, 'series' | 'now' | 'trouble'>;
  /** On a page that is about one series anyway. */
  readonly isOfOne?: boolean;
}

interface Point {
  readonly attention: Attention;
  /** Absent for what is everybody's. */
  readonly status?: SeriesStatus;
}

/** What a person should look at: what it is, and the command that mends it or tells more. */
export const AttentionPanel = ({ view, overview, isOfOne }: AttentionPanelProps) => {
  const { board } = view.words;
  const points = pointsOf(overview);
  if (points.length === 0) {
    return overview.series.length === 0 ? null : <p class="all-well">{board.allWell}</p>;
  }
  return (
    <section class="attention">
      <h2>{board.attentionTitle}</h2>
      <ul>
        {points.map((point) => (
          <AttentionPoint view={view} point={point} now={overview.now} isOfOne={isOfOne === true} />
        ))}
      </ul>
    </section>
  );
};

interface PointProps {
  readonly view: BoardView;
  readonly point: Point;
  readonly now: number;
  readonly isOfOne: boolean;
}

const AttentionPoint = ({ view, point: { attention, status }, now, isOfOne }: PointProps) => {
  const { board } = view.words;
  const { command } = describeAttention(attention);
  const timezone = status?.plan.cadence.timezone ?? 'UTC';
  const title = titleIn(status?.issues ?? [], attention);
  return (
    <li class={isTrouble(attention) ? 'point point-grave' : 'point'}>
      <p>
        <span class="unseen">{isTrouble(attention) ? board.grave : board.look} </span>
        {status !== undefined && !isOfOne && (
          <a class="point-series" href={`${boardSeriesPath(status.plan.series)}${view.asked}`}>
            <Foreign text={status.plan.title} lang={status.plan.about.language} />
          </a>
        )}{' '}
        <bdi>{attentionWords(attention, view, { now, timezone, ...(title !== undefined && { title }) })}</bdi>
      </p>
      {command !== undefined && <code class="command">{command}</code>}
    </li>
  );
};

/** The worst first; what is everybody's once, though each series has it. */
function pointsOf({ series, trouble }: AttentionPanelProps['overview']): Point[] {
  const everybodys: Point[] =
    trouble === undefined ? [] : [{ attention: { kind: 'mail-blocked', reason: trouble } }];
  const own = series.flatMap((status) =>
    status.attention
      .filter(({ kind }) => kind !== 'mail-blocked')
      .map((attention) => ({ attention, status })),
  );
  return [...everybodys, ...own].toSorted(
    (a, b) => Number(isTrouble(b.attention)) - Number(isTrouble(a.attention)),
  );
}
