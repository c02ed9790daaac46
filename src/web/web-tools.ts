import type { WebWords } from '../compose/web-words.ts';
import type { Locale } from '../domain/locale.ts';
import type { Log } from '../domain/log.ts';
import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/open-store.ts';

/** What the pages work with. */
export interface WebTools {
  readonly store: Store;
  readonly queues: Queues;
  /** Keys the subscribers' ids. */
  readonly salt: string;
  /** The first signs, all verify. */
  readonly secrets: readonly string[];
  /** Where readers reach these pages, without a trailing slash: every link is built from it, never from the Host header. */
  readonly baseUrl: string;
  /** The blog; pages may show its images. */
  readonly siteUrl?: string;
  readonly words: ReadonlyMap<Locale, WebWords>;
  /** Resolves while the ledger answers. */
  readonly ping: () => Promise<void>;
  readonly log: Log;
}
