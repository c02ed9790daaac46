import type { Violation } from './checker.ts';
import type { LedgerReader } from './evidence.ts';
import type { Counts } from './operations.ts';
import { groupedBy, type Case, type Life } from './timeline.ts';

/** A copy whose worker was killed is on record only after two leases; who leaves until then leaves without it. */
const RECORDED_WITHIN_MS = 30_000;
const OUT_OF_IT = ['accepted', 'rejected', 'suppressed', 'skipped', 'left', 'held'];
/** As the product tells them: each reader of an audience is in one. */
const PARTS = ['accepted', 'waiting', 'deferred', 'rejected', 'suppressed', 'skipped', 'uncertain'];

/** The ledger says of everybody what happened, and everybody is accounted for. */
export function* accounts(found: Case): Generator<Violation> {
  yield* memberships(found);
  yield* places(found);
  yield* outcomes(found);
  yield* sums(found);
  yield* toldSums(found);
}

/** Who is in, and who is not, is as they last asked for. */
function* memberships({ lives, ledger }: Case): Generator<Violation> {
  for (const life of lives) {
    const entry = ledger.get(life.reader);
    const isIn = entry?.membership.startsWith('active') === true;
    const { isWanted, isErased } = lastWishOf(life);
    if (isErased && entry !== undefined)
      yield { invariant: 'erasure', what: `${life.reader} is erased, and has a record` };
    if (isIn && !isWanted) yield { invariant: 'consent', what: `${life.reader} has left, and is in` };
    const isDead =
      entry?.membership.endsWith(' rejected') === true &&
      life.attempts.some(({ fate }) => fate === 'refused');
    if (isWanted && !isIn && !isDead)
      yield { invariant: 'loss', what: `${life.reader} should be in, and is not` };
  }
}

function lastWishOf({ absences, leaves, bornAt }: Life): { isWanted: boolean; isErased: boolean } {
  const isErased = bornAt === Infinity && leaves.some(({ how }) => how === 'erased');
  return { isWanted: absences.every(({ until }) => until < Infinity), isErased };
}

/** Everybody who is in stands at the end, once; nobody else stands anywhere. */
function* places({ evidence: { readers, standings } }: Case): Generator<Violation> {
  const byId = new Map(readers.map((reader) => [reader.id, reader]));
  for (const [id, standing] of groupedBy(standings, (one) => one.id)) {
    const reader = byId.get(id);
    const at = standing.map(({ place }) => place).join(', ');
    if (standing.length > 1)
      yield { invariant: 'ledger', what: `${reader?.address ?? id} stands at ${at} at once` };
    if (reader?.membership.startsWith('active') !== true)
      yield { invariant: 'ledger', what: `${reader?.address ?? id} is not in, and stands at ${at}` };
  }
  const standing = new Map(standings.map(({ id, place }) => [id, place]));
  for (const { id, address, membership, claim } of readers) {
    if (!membership.startsWith('active')) continue;
    if (standing.get(id) !== '@end')
      yield { invariant: 'liveness', what: `${address} stands at ${standing.get(id) ?? 'no place'}` };
    if (claim !== undefined) yield { invariant: 'ledger', what: `${address} is "${claim}" still` };
  }
}

/** What is accepted the server has, and what it has is accepted. */
function* outcomes({ lives, ledger }: Case): Generator<Violation> {
  for (const life of lives) {
    const entry = ledger.get(life.reader);
    if (entry === undefined) continue;
    const had = new Set(life.taken.map(({ issue }) => issue));
    for (const [issue, outcome] of Object.entries(entry.history))
      if (outcome.startsWith('accepted') && !had.has(issue))
        yield { invariant: 'ledger', what: `"${issue}" is accepted for ${life.reader}; there is no copy` };
    for (const issue of had)
      if (!isOnRecord(entry, life, issue))
        yield {
          invariant: 'ledger',
          what: `the server has "${issue}" for ${life.reader}, the ledger says "${entry.history[issue] ?? 'nothing'}"`,
        };
  }
}

function isOnRecord({ history, uncertain }: LedgerReader, { taken, leaves }: Life, issue: string): boolean {
  const outcome = history[issue] ?? '';
  if (outcome.startsWith('accepted')) return true;
  // The repeat of a doubtful one may be refused, or never be made because its issue was taken out.
  if ((uncertain[issue] ?? 0) > 0) return true;
  const [copy] = taken.find((one) => one.issue === issue)?.copies ?? [];
  return leaves.some(
    ({ acked }) => copy !== undefined && acked >= copy.mailAt && acked <= copy.endedAt + RECORDED_WITHIN_MS,
  );
}

/** Who came to an issue is accounted for, whatever became of the issue; and all who ever joined have left or are there. */
function* sums({ evidence: { counts, standings, readers }, lives }: Case): Generator<Violation> {
  const waiting = groupedBy(standings, ({ place }) => place);
  for (const [issue, counted] of Object.entries(counts).filter(([name]) => name !== '')) {
    const told = unaccounted(counted, waiting.get(issue)?.length ?? 0);
    if (told !== '') yield { invariant: 'counts', what: `"${issue}": ${told}` };
    yield* countedCopies(issue, counted['accepted'] ?? 0, lives, readers);
  }
  const { joined = 0, ended = 0 } = counts[''] ?? {};
  const active = readers.filter(({ membership }) => membership.startsWith('active')).length;
  if (joined - ended !== active)
    yield { invariant: 'counts', what: `${joined} joined, ${ended} ended, ${active} are in` };
}

function unaccounted(counts: Counts, waiting: number): string {
  const { entered = 0 } = counts;
  const sum = waiting + OUT_OF_IT.reduce((total, name) => total + (counts[name] ?? 0), 0);
  return entered === sum ? '' : `${entered} came, ${sum} are accounted for`;
}

/** Between those who were always there and have it on record, and all the copies there are. */
function* countedCopies(
  issue: string,
  accepted: number,
  lives: readonly Life[],
  readers: readonly LedgerReader[],
): Generator<Violation> {
  const constant = new Set(lives.filter(({ leaves }) => leaves.length === 0).map(({ reader }) => reader));
  const least = readers.filter(
    ({ address, history }) => constant.has(address) && history[issue]?.startsWith('accepted'),
  ).length;
  const most = lives.flatMap(({ attempts }) =>
    attempts.filter(({ fate, mark }) => fate === 'taken' && mark?.endsWith(`/${issue}`)),
  ).length;
  if (accepted < least || accepted > most)
    yield {
      invariant: 'counts',
      what: `"${issue}": ${accepted} accepted by the count, ${least} by the readers, ${most} copies`,
    };
}

/** What the product told in the middle of it adds up just the same. */
function* toldSums({ evidence: { operations } }: Case): Generator<Violation> {
  for (const one of operations)
    if (one.kind === 'told')
      for (const [issue, counts] of Object.entries(one.counts)) {
        const { audience = 0 } = counts;
        const sum = PARTS.reduce((total, name) => total + (counts[name] ?? 0), 0);
        if (audience !== sum)
          yield {
            invariant: 'counts',
            what: `"${issue}", as it was told meanwhile: an audience of ${audience}, ${sum} are accounted for`,
          };
      }
}
