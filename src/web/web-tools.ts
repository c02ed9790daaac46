import type { WebWords } from '../compose/web-words.ts';
import type { AdminKey } from '../domain/admin-key.ts';
import type { Locale } from '../domain/locale.ts';
import type { Log } from '../domain/log.ts';
import type { SignupLimits } from '../domain/signup-limits.ts';
import type { MailHosts } from '../mail/mail-hosts.ts';
import type { Queues } from '../queue/queues.ts';
import type { LedgerGuard } from '../store/ledger-guard.ts';
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
  /** The writer's sites, `https://blog.example.com`: what is posted there counts as a form of ours, and readers may be sent back there. */
  readonly origins: readonly string[];
  /** Whether an address is on one of those sites. */
  readonly isReturnAllowed: (url: string) => boolean;
  /** Leading zero bits of the proof of work in sign-ups; 0 = none. */
  readonly proofBits: number;
  /** Addresses and networks whose `X-Forwarded-For` is believed, and `loopback`. */
  readonly trustedProxies: readonly string[];
  /** Of the operator. */
  readonly admin: AdminKey;
  /** Jobs may be retried and removed at /admin/queues. */
  readonly queueActions: boolean;
  readonly limits: SignupLimits;
  readonly mailHosts: MailHosts;
  readonly words: ReadonlyMap<Locale, WebWords>;
  /** Whether what is behind the connection is our ledger, and fit to work with. */
  readonly ledger: Pick<LedgerGuard, 'isFit' | 'isTrusted'>;
  /** Of Partwork. */
  readonly version: string;
  /** Resolves while the ledger answers. */
  readonly ping: () => Promise<void>;
  /** Whether an error came of a ledger that is away or cannot be written to: not a bug, and over some time. */
  readonly isLedgerTrouble: (error: unknown) => boolean;
  /** Aborted when the server is about to end: what is told on and on ends then. */
  readonly closing: AbortSignal;
  readonly log: Log;
}
