import { failpoint } from '../../domain/failpoint.ts';
import { DAY_MS } from '../../domain/instant.ts';
import type { WatchTools } from './watch-tools.ts';

/** What nobody could tell for so long is no news any more. */
const NEWS_FOR_MS = DAY_MS;

/**
 * Queues what is to be told, once for each way. Forgotten only when it is queued: after a crash between the two it is queued again, as the
 * same job, which is told once more only if the first was told more than an hour ago.
 */
export async function postNotices({ store, queues, ways }: WatchTools): Promise<void> {
  // Another process may have ways.
  if (ways.length === 0) return;
  const ids = await store.watch.outbox();
  if (ids.length === 0) return;
  const now = await store.now();
  for (const id of ids) {
    const notice = await store.watch.findNotice(id);
    await failpoint('notice.found');
    if (notice !== undefined && now - notice.at < NEWS_FOR_MS) {
      for (const way of ways) await queues.addNotice({ notice: id, kind: notice.kind, way: way.id });
      await failpoint('notice.queued');
    }
    await store.watch.posted(id);
    await failpoint('notice.posted');
  }
}
