import type { ChaosEvent, Evidence } from './evidence.ts';

/** How long after a worker's SIGKILL each delivery it had was attempted again, ms, in rising order. */
export interface Recovery {
  readonly waits: readonly number[];
  /** Never attempted again, though the server does not have them. */
  readonly never: number;
}

/** A delivery whose worker is dead. Without a token it is known from the server's record alone. */
interface Orphan {
  readonly address: string;
  readonly killedAt: number;
  readonly token?: string;
  readonly isTaken?: boolean;
}

/**
 * Deliveries a killed worker had under way, or had claimed and nobody renewed, and when somebody tried them next. One that was claimed
 * again by a worker which was killed before it tried has waited until then, and waits anew.
 */
export function recoveryOf(evidence: Evidence): Recovery {
  const deaths = new Map(evidence.events.filter(isKill).map(({ worker, at }) => [worker, at]));
  const tries = groupedBy(
    evidence.mails.toSorted((a, b) => a.began - b.began),
    ({ to }) => to[0] ?? '',
  );
  const orphans = groupedBy([...claimedOrphans(evidence), ...cutOrphans(evidence)], ({ address }) => address);
  const waits: number[] = [];
  let never = 0;
  for (const [address, ofReader] of orphans) {
    const rising = ofReader.toSorted((a, b) => a.killedAt - b.killedAt);
    for (const [index, { killedAt, token, isTaken = false }] of rising.entries()) {
      const again = tries
        .get(address)
        ?.find(({ mailAt, client }) => mailAt > killedAt && (deaths.get(client) ?? Infinity) > killedAt);
      const lostAgain = rising.slice(index + 1).find((later) => later.token !== token);
      const at = Math.min(again?.mailAt ?? Infinity, lostAgain?.killedAt ?? Infinity);
      if (at !== Infinity) waits.push(at - killedAt);
      else if (!isTaken) never++;
    }
  }
  return { waits: waits.toSorted((a, b) => a - b), never };
}

type Kill = Extract<ChaosEvent, { kind: 'kill' }>;
type Orphans = Extract<ChaosEvent, { kind: 'orphans' }>;

const isKill = (event: ChaosEvent): event is Kill => event.kind === 'kill' && event.signal === 'SIGKILL';
const isOrphans = (event: ChaosEvent): event is Orphans => event.kind === 'orphans';

/**
 * An orphan is still there when the next worker is killed, a moment later, and whose it was nobody can tell then: it counts from the
 * first of those kills, so that no wait is told shorter than it was.
 */
function claimedOrphans({ events, ledger }: Evidence): Orphan[] {
  const addresses = new Map(ledger?.readers.map(({ id, address }) => [id, address]));
  const first = new Map<string, Orphan>();
  for (const { claims, killedAt } of events.filter(isOrphans).toSorted((a, b) => a.killedAt - b.killedAt))
    for (const { reader, token } of claims) {
      const address = addresses.get(reader);
      const key = `${reader} ${token}`;
      if (address !== undefined && !first.has(key)) first.set(key, { address, killedAt, token });
    }
  return [...first.values()];
}

/** What was going over when its worker was killed, and is not among the claims: the ledger was away, or had been told already. */
function cutOrphans({ events, mails, ledger }: Evidence): Orphan[] {
  const kills = new Map(events.filter(isKill).map((kill) => [kill.worker, kill]));
  const found = new Map(events.filter(isOrphans).map((orphans) => [orphans.worker, orphans]));
  const ids = new Map(ledger?.readers.map(({ id, address }) => [address, id]));
  return mails.flatMap(({ client, to: [address = ''], fate, isClientGone = false, endedAt }) => {
    const kill = kills.get(client);
    const wasCut =
      kill !== undefined && endedAt >= kill.at && (fate === 'cut' || isClientGone) && address !== '';
    const isFound = found.get(client)?.claims.some(({ reader }) => reader === ids.get(address)) ?? false;
    return wasCut && !isFound ? [{ address, killedAt: kill.at, isTaken: fate === 'taken' }] : [];
  });
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** The value that a share of all is not above; 0 for none at all. */
export function percentile(rising: readonly number[], share: number): number {
  return rising[Math.min(rising.length - 1, Math.ceil(share * rising.length) - 1)] ?? 0;
}

/** From Redis' first answer after it was killed to the first mail after that, ms, in rising order. */
export function mailsAfterRedis({ events, mails }: Evidence): number[] {
  const begun = mails.map(({ mailAt }) => mailAt).toSorted((a, b) => a - b);
  return events
    .flatMap((event) => {
      if (event.kind !== 'redisBack') return [];
      const first = begun.find((at) => at >= event.at);
      return first === undefined ? [] : [first - event.at];
    })
    .toSorted((a, b) => a - b);
}
