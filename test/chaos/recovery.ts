import type { ChaosEvent, Evidence } from './evidence.ts';
import type { SmtpRecord } from './smtp-record.ts';

type Kill = Extract<ChaosEvent, { kind: 'kill' }>;
type Orphans = Extract<ChaosEvent, { kind: 'orphans' }>;

/** How long after a worker's SIGKILL each delivery was attempted again, ms, in rising order. */
export interface Recovery {
  /** Those that were going over: known from the server's record alone. */
  readonly underWay: readonly number[];
  /** Those it had claimed and not begun, as far as nobody renewed them. */
  readonly claimed: readonly number[];
  /** Never attempted again, though the server does not have them. */
  readonly never: number;
}

/** Deliveries a killed worker had under way or claimed, and when somebody tried them next. */
export function recoveryOf({ events, mails, ledger }: Evidence): Recovery {
  const tries = triesByReader(mails);
  const addresses = new Map(ledger?.readers.map(({ id, address }) => [id, address]));
  const next = (reader: string | undefined, after: number) =>
    tries.get(reader ?? '')?.find((mail) => mail.mailAt > after)?.mailAt;
  const underWay: number[] = [];
  let never = 0;
  for (const kill of events.filter(isKill)) {
    for (const mail of mails.filter((mail) => isCutBy(kill, mail))) {
      const again = next(mail.to[0], mail.endedAt);
      if (again !== undefined) underWay.push(again - kill.at);
      else if (mail.fate !== 'taken') never++;
    }
  }
  const claimed = firstOrphans(events.filter(isOrphans)).flatMap(({ reader, killedAt }) => {
    const again = next(addresses.get(reader), killedAt);
    return again === undefined ? [] : [again - killedAt];
  });
  return { underWay: sorted(underWay), claimed: sorted(claimed), never };
}

const isKill = (event: ChaosEvent): event is Kill => event.kind === 'kill' && event.signal === 'SIGKILL';
const isOrphans = (event: ChaosEvent): event is Orphans => event.kind === 'orphans';

/** It had begun, and nobody was there for the answer. */
const isCutBy = (kill: Kill, mail: SmtpRecord): boolean =>
  mail.client === kill.worker && (mail.fate === 'cut' || mail.isClientGone === true) && mail.stage !== 'mail';

/**
 * An orphan is still there when the next worker is killed, a moment later. Whose it was nobody can tell then; it counts from the
 * first kill, so that no wait is told shorter than it was.
 */
function firstOrphans(found: readonly Orphans[]): { reader: string; killedAt: number }[] {
  const lookedAt = new Map<string, number>();
  const first: { reader: string; killedAt: number }[] = [];
  for (const { readers, killedAt, at } of found.toSorted((a, b) => a.killedAt - b.killedAt))
    for (const reader of readers) {
      const until = lookedAt.get(reader) ?? 0;
      if (killedAt > until) first.push({ reader, killedAt });
      lookedAt.set(reader, Math.max(until, at));
    }
  return first;
}

function triesByReader(mails: readonly SmtpRecord[]): Map<string, SmtpRecord[]> {
  const tries = new Map<string, SmtpRecord[]>();
  for (const mail of [...mails].toSorted((a, b) => a.began - b.began)) {
    const reader = mail.to[0] ?? '';
    const known = tries.get(reader);
    if (known === undefined) tries.set(reader, [mail]);
    else known.push(mail);
  }
  return tries;
}

const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

/** The value that a share of all is not above; 0 for none at all. */
export function percentile(rising: readonly number[], share: number): number {
  return rising[Math.min(rising.length - 1, Math.ceil(share * rising.length) - 1)] ?? 0;
}

/** From Redis' first answer after it was killed to the first mail after that, ms, each time. */
export function mailsAfterRedis({ events, mails }: Evidence): number[] {
  const begun = mails.map(({ mailAt }) => mailAt).toSorted((a, b) => a - b);
  return sorted(
    events.flatMap((event) => {
      if (event.kind !== 'redisBack') return [];
      const first = begun.find((at) => at >= event.at);
      return first === undefined ? [] : [first - event.at];
    }),
  );
}
