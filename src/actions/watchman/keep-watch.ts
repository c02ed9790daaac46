import { failpoint } from '../../domain/failpoint.ts';
import { MINUTE_MS, SECOND_MS, type Instant } from '../../domain/instant.ts';
import type { Log } from '../../domain/log.ts';
import { noticeIdOf, type News } from '../../domain/notice.ts';
import type { Overview } from '../../domain/overview.ts';
import { dayOf, sampleOf } from '../../domain/sample.ts';
import { movementOf, progressAfter } from '../../domain/stuck.ts';
import { judgeSight, type MarkedNews, type WatchMemory } from '../../domain/watch.ts';
import type { Store } from '../../store/open-store.ts';
import type { RaisedMark, Recalled } from '../../store/watch.ts';
import { takeOverview } from '../overview.ts';
import { sightOf } from './sight-of.ts';
import type { WatchTools } from './watch-tools.ts';

/** Who leads asks again every ten seconds; who does not, every five: another one leads 25 seconds after the last look at the latest. */
export const LEAD_MS = 20 * SECOND_MS;

/** After so long without a look nobody knows whether something moved meanwhile. */
const BLIND_MS = MINUTE_MS;

/**
 * One look at everything by the one process that leads: a sample for the charts, the judgement whether anything is stuck, and what the
 * writer is to be told. Returns whether `me` leads.
 */
export async function keepWatch(tools: WatchTools, me: string): Promise<boolean> {
  const { store } = tools;
  if (!(await store.watch.lead(me, LEAD_MS))) return false;
  const recalled = await store.watch.recall();
  if (isBlind(recalled.memory, await store.now())) await store.timeline.forgetProgress();
  const overview = await takeOverview(tools);
  await noteProgress(store, overview);
  await store.timeline.record(sampleOf(overview), dayOf(overview));
  return raise(tools, me, overview, recalled);
}

const isBlind = (memory: WatchMemory | undefined, now: Instant): boolean =>
  memory === undefined || Math.abs(now - memory.lookedAt) > BLIND_MS;

async function noteProgress(store: Store, { now, series, workers, trouble }: Overview): Promise<void> {
  const before = await store.timeline.progress();
  const canSend = workers.length > 0 && trouble === undefined;
  for (const status of series) {
    const known = before.get(status.plan.series);
    const progress = progressAfter(known, movementOf(status, canSend), now);
    if (progress !== known) await store.timeline.noteProgress(status.plan.series, progress);
  }
}

async function raise(
  { store, salt, log }: WatchTools,
  me: string,
  overview: Overview,
  recalled: Recalled,
): Promise<boolean> {
  const { memory, marked } = judgeSight(sightOf(overview), rememberedFrom(recalled));
  const fresh = marked.filter(({ mark, value }) => recalled.told.get(mark) !== value);
  await failpoint('watch.judged');
  const raised = await store.watch.commit(
    me,
    memory,
    fresh.map((one) => raisedMark(one, salt, overview.now)),
    recalled.handedOver,
  );
  await failpoint('watch.committed');
  if (raised === undefined) return false;
  for (const { news } of fresh) if (news !== undefined) logNews(log, news);
  return true;
}

/** Adds the trouble of Redis that another process has told of: it could not be written while Redis was away, and its end is told from here. */
function rememberedFrom({ memory, handedOver }: Recalled): WatchMemory | undefined {
  if (memory === undefined || handedOver === undefined) return memory;
  const known = memory.troubles['ledger'];
  if (known !== undefined && known.seenAt >= handedOver.seenAt) return memory;
  return { ...memory, troubles: { ...memory.troubles, ledger: { ...handedOver, trouble: 'ledger' } } };
}

const raisedMark = ({ mark, value, news }: MarkedNews, salt: string, at: Instant): RaisedMark => ({
  mark,
  value,
  ...(news !== undefined && { notice: { ...news, id: noticeIdOf({ mark, value }, salt), at } }),
});

/** Without titles, which are subjects of mails. */
export function logNews(log: Log, news: News): void {
  switch (news.kind) {
    case 'release.finished':
      return log.info({ series: news.series, issue: news.issue, ...news.figures }, 'an issue has gone out');
    case 'series.paused':
      return log.error({ series: news.series, reason: news.reason }, 'a series has paused itself');
    case 'trouble.started':
    case 'trouble.ended': {
      const { trouble, series, reason, since } = news;
      const facts = { trouble, series, reason, since: new Date(since).toISOString() };
      return news.kind === 'trouble.started'
        ? log.error(facts, 'trouble: mail that is due does not go out')
        : log.info(facts, 'the trouble is over');
    }
    case 'test':
  }
}
