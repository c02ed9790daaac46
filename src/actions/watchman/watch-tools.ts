import type { Log } from '../../domain/log.ts';
import type { NoticeWay } from '../../domain/notice.ts';
import type { Queues } from '../../queue/queues.ts';
import type { Store } from '../../store/open-store.ts';

/** What a watchman works with. */
export interface WatchTools {
  readonly store: Store;
  readonly queues: Queues;
  /** Keeps the ids of notices from being guessed. */
  readonly salt: string;
  readonly log: Log;
  /** How the writer is reached; none = nobody is told here, and another process may. */
  readonly ways: readonly NoticeWay[];
}
