import { failpoint } from '../../domain/failpoint.ts';
import type { Notice, NoticeJob, NoticeResult } from '../../domain/notice.ts';
import { troubleKey, troubleMark } from '../../domain/watch.ts';
import type { Store } from '../../store/open-store.ts';
import type { WatchTools } from './watch-tools.ts';

/** What came of it; `not-needed`: there is nothing to tell any more, or nobody to tell it to. */
export type SentNotice = NoticeResult | { readonly kind: 'not-needed' };

/** Tells a notice by one way. It may be told twice, after a crash between the answer and the job's end: with the same id. */
export async function sendNotice(
  { store, ways }: Pick<WatchTools, 'store' | 'ways'>,
  job: NoticeJob,
): Promise<SentNotice> {
  const way = ways.find(({ id }) => id === job.way);
  const notice = await store.watch.findNotice(job.notice);
  if (way === undefined || notice === undefined) return { kind: 'not-needed' };
  if (way.isForPeople && (await isOver(store, notice))) return { kind: 'not-needed' };
  const result = await way.send(notice);
  await failpoint('notice.sent');
  return result;
}

/** The news that a trouble is over says since when it was: that it has begun would come behind it, and alarm. */
async function isOver(store: Store, notice: Notice): Promise<boolean> {
  if (notice.kind !== 'trouble.started') return false;
  return store.watch.isTold(troubleMark(troubleKey(notice), notice.since, 'ended'));
}
