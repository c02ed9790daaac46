import type { Attention } from '../../domain/attention.ts';
import type { Figures, TroubleFacts } from '../../domain/notice.ts';
import type { Overview } from '../../domain/overview.ts';
import type { IssueStatus, SeriesStatus } from '../../domain/series-status.ts';
import type { SeenTrouble } from '../../domain/trouble.ts';
import type { Sight } from '../../domain/watch.ts';

/** What of an overview may be news. */
export const sightOf = ({ now, series }: Overview): Sight => ({
  now,
  finished: series.flatMap((status) => finishedIn(status)),
  paused: series.flatMap((status) => pausedIn(status)),
  troubles: series.flatMap((status) =>
    status.attention.map((attention) => troubleOf(status, attention)).filter((one) => one !== undefined),
  ),
});

const finishedIn = ({ plan: { series, title }, issues }: SeriesStatus): Sight['finished'] =>
  issues
    .filter(({ state }) => state === 'complete')
    .map((status) => ({
      kind: 'release.finished',
      series,
      title,
      issue: status.issue,
      issueTitle: status.title,
      number: status.number,
      figures: figuresOf(status),
    }));

function figuresOf(status: IssueStatus): Figures {
  const { audience, accepted, waiting, deferred, rejected, suppressed, skipped, uncertain } = status;
  return { audience, accepted, waiting, deferred, rejected, suppressed, skipped, uncertain };
}

function pausedIn({ plan }: SeriesStatus): Sight['paused'] {
  const { series, title, state, stateReason: reason, stateRevision: by = 0 } = plan;
  if (state !== 'paused' || reason === undefined) return [];
  return [{ news: { kind: 'series.paused', series, title, reason }, by }];
}

/** The mail server and the workers are everybody's: what several series tell of them is one trouble. */
function troubleOf(
  { plan: { series, title } }: SeriesStatus,
  attention: Attention,
): (TroubleFacts & SeenTrouble) | undefined {
  const { kind } = attention;
  if (kind === 'mail-blocked') return { trouble: kind, reason: attention.reason };
  if (kind === 'no-workers') return { trouble: kind };
  return kind === 'stuck' ? { trouble: kind, series, title, since: attention.since } : undefined;
}
